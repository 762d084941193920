// SPDX-License-Identifier: GPL-2.0
/* How each type of parameter is set from text and printed. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#define DEFINE_PARAM_TYPE(name, type, format, kstrto)				\
int param_set_##name(const char *val, const struct kernel_param *kp)		\
{										\
	return kstrto(val, 0, (type *)kp->arg);					\
}										\
EXPORT_SYMBOL(param_set_##name);						\
int param_get_##name(char *buffer, const struct kernel_param *kp)		\
{										\
	return scnprintf(buffer, PARAM_GET_SIZE, format, *(type *)kp->arg);	\
}										\
EXPORT_SYMBOL(param_get_##name);						\
const struct kernel_param_ops param_ops_##name = {				\
	.set = param_set_##name, .get = param_get_##name			\
};										\
EXPORT_SYMBOL(param_ops_##name)

DEFINE_PARAM_TYPE(byte, u8, "%hhu", kstrtou8);
DEFINE_PARAM_TYPE(short, s16, "%hd", kstrtos16);
DEFINE_PARAM_TYPE(ushort, u16, "%hu", kstrtou16);
DEFINE_PARAM_TYPE(int, int, "%d", kstrtoint);
DEFINE_PARAM_TYPE(uint, unsigned int, "%u", kstrtouint);
DEFINE_PARAM_TYPE(long, long, "%ld", kstrtol);
DEFINE_PARAM_TYPE(ulong, unsigned long, "%lu", kstrtoul);
DEFINE_PARAM_TYPE(ullong, unsigned long long, "%llu", kstrtoull);

/* The text stays where it is: see parse_args(). */
int param_set_charp(const char *val, const struct kernel_param *kp)
{
	*(const char **)kp->arg = val;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

/* Half the buffer at most, so that an element of an array fits behind the others. */
int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE / 2, "%s", *(char **)kp->arg);
}
EXPORT_SYMBOL(param_get_charp);

const struct kernel_param_ops param_ops_charp = { .set = param_set_charp, .get = param_get_charp };
EXPORT_SYMBOL(param_ops_charp);

/* The name alone means yes. */
int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ? val : "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%c", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = param_set_bool, .get = param_get_bool
};
EXPORT_SYMBOL(param_ops_bool);

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool yes;
	int err = kstrtobool(val, &yes);

	if (!err)
		*(bool *)kp->arg = !yes;
	return err;
}
EXPORT_SYMBOL(param_set_invbool);

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%c", *(bool *)kp->arg ? 'N' : 'Y');
}
EXPORT_SYMBOL(param_get_invbool);

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool, .get = param_get_invbool
};
EXPORT_SYMBOL(param_ops_invbool);

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	return strscpy(kp->str->string, val, kp->str->maxlen) < 0 ? -ENOSPC : 0;
}
EXPORT_SYMBOL(param_set_copystring);

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", kp->str->string);
}
EXPORT_SYMBOL(param_get_string);

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring, .get = param_get_string
};
EXPORT_SYMBOL(param_ops_string);

/* A parameter that is element @i of an array. */
static struct kernel_param array_element(const struct kernel_param *kp, unsigned int i)
{
	const struct kparam_array *arr = kp->arr;
	struct kernel_param elem = {
		.name = kp->name, .mod = kp->mod, .ops = arr->ops, .perm = kp->perm,
		{ .arg = (char *)arr->elem + arr->elemsize * i }
	};

	return elem;
}

/*
 * Set the elements from the words that the commas of @words separate. The commas become ends of
 * strings, because a charp keeps pointing at its word.
 */
static int set_elements(char *words, const struct kernel_param *kp, unsigned int *num)
{
	char *word;
	int err;

	for (*num = 0; (word = strsep(&words, ",")); ++*num) {
		struct kernel_param elem;

		if (*num == kp->arr->max) {
			pr_err("%s: can only take %u arguments\n", kp->name, kp->arr->max);
			return -EINVAL;
		}
		elem = array_element(kp, *num);
		err = elem.ops->set(word, &elem);
		if (err)
			return err;
	}
	return 0;
}

static int param_array_set(const char *val, const struct kernel_param *kp)
{
	char *words = (char *)val, *end = words + strlen(words);
	unsigned int num;
	int err = set_elements(words, kp, &num);

	if (!err) {
		if (kp->arr->num)
			*kp->arr->num = num;
		return 0;
	}
	for (; words < end; words++)	/* for the message that names the value */
		if (!*words)
			*words = ',';
	return err;
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	unsigned int num = kp->arr->num ? *kp->arr->num : kp->arr->max;
	unsigned int i;
	int len = 0, n;

	for (i = 0; i < num && len < PARAM_GET_SIZE / 2; i++) {
		struct kernel_param elem = array_element(kp, i);

		if (i)
			buffer[len++] = ',';
		n = elem.ops->get(buffer + len, &elem);
		if (n < 0)
			return n;
		len += n;
	}
	buffer[len] = '\0';
	return len;
}

static void param_array_free(void *arg)
{
	const struct kparam_array *arr = arg;
	unsigned int num = arr->num ? *arr->num : arr->max, i;

	for (i = 0; arr->ops->free && i < num; i++)
		arr->ops->free((char *)arr->elem + arr->elemsize * i);
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set, .get = param_array_get, .free = param_array_free
};
EXPORT_SYMBOL(param_array_ops);
