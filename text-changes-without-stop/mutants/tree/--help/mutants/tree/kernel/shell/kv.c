// SPDX-License-Identifier: GPL-2.0
/* Reading name=value arguments against a table of names. */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>

static const struct kv *find(const char *arg, size_t len, const struct kv *table, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(table[i].name) == len && !memcmp(table[i].name, arg, len))
			return &table[i];
	return NULL;
}

static int store(const struct kv *kv, const char *text)
{
	switch (kv->type) {
	case KV_UINT:
		return kstrtouint(text, 0, kv->value);
	case KV_U64:
		return kstrtou64(text, 0, kv->value);
	case KV_STRING:
		*(const char **)kv->value = text;
		return *text ? 0 : -EINVAL;
	}
	return -EINVAL;
}

int kv_parse(const char *who, int argc, char **argv, const struct kv *table, size_t n)
{
	const struct kv *kv;
	const char *eq;
	int i, err;

	for (i = 0; i < argc; i++) {
		eq = strchr(argv[i], '=');
		kv = eq ? find(argv[i], (size_t)(eq - argv[i]), table, n) : NULL;
		if (!kv) {
			cprintf("%s: %s: not understood\n", who, argv[i]);
			return -EINVAL;
		}
		err = store(kv, eq + 1);
		if (err) {
			cprintf("%s: %s: bad value\n", who, argv[i]);
			return err;
		}
	}
	return 0;
}
