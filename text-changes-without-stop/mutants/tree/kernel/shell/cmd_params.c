// SPDX-License-Identifier: GPL-2.0
/*
 * Looking at and changing the parameters of the kernel itself while it runs. Permissions mean what
 * they mean in Linux's /sys/module: 0444 may be read, 0644 also set, 0 is for the boot command line
 * only.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#define PERM_READ	0444
#define PERM_WRITE	0222

/* The next parameter from @kp on that has one of the permissions @perm; NULL if there is none. */
static const struct kernel_param *next_param(const struct kernel_param *kp, unsigned int perm)
{
	for (; kp < __stop___param; kp++)
		if (kp->perm & perm)
			return kp;
	return NULL;
}

static const struct kernel_param *find_param(const char *name)
{
	const struct kernel_param *kp;

	for (kp = __start___param; kp < __stop___param; kp++)
		if (parameq(kp->name, name))
			return kp;
	return NULL;
}

/* Print "name = value", with @buffer for the value. */
static int print_param(const struct kernel_param *kp, char *buffer)
{
	int len = kp->ops->get ? kp->ops->get(buffer, kp) : -EOPNOTSUPP;

	if (len < 0) {
		cprintf("%s: %pe\n", kp->name, ERR_PTR(len));
		return len;
	}
	while (len > 0 && buffer[len - 1] == '\n')
		len--;
	cprintf("%s = ", kp->name);
	console_write(buffer, len);
	cprintf("%s\n", kp->perm & PERM_WRITE ? "" : "  (read-only)");
	return 0;
}

static int params_run(int argc, char **argv)
{
	const char *pattern = argc > 1 ? argv[1] : "*";
	const struct kernel_param *kp;
	int shown = 0, err = 0;
	char *buffer;

	buffer = kmalloc(PARAM_GET_SIZE, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	for (kp = __start___param; (kp = next_param(kp, PERM_READ)) != NULL; kp++) {
		if (!glob_match(pattern, kp->name))
			continue;
		shown++;
		err = print_param(kp, buffer) ?: err;
	}
	if (!shown && argc > 1) {
		cprintf("params: %s: no such parameter\n", pattern);
		err = -ENOENT;
	}
	kfree(buffer);
	return err;
}

static const char *params_complete(int argc, const char *word, int n)
{
	const struct kernel_param *kp;

	for (kp = __start___param; (kp = next_param(kp, PERM_READ)) != NULL; kp++)
		if (strstarts(kp->name, word) && n-- == 0)
			return kp->name;
	return NULL;
}
SHELL_COMMAND(params, params_run, params_complete, "[PATTERN]",
	      "show kernel parameters; * and ? match");

static int set_param(const char *name, const char *value)
{
	const struct kernel_param *kp = find_param(name);
	int err;

	if (!kp) {
		cprintf("set: %s: no such parameter\n", name);
		return -ENOENT;
	}
	if (!(kp->perm & PERM_WRITE)) {
		cprintf("set: %s: may only be set on the boot command line\n", name);
		return -EACCES;
	}
	if (!value && !(kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG)) {
		cprintf("set: %s: needs a value: set %s=VALUE\n", name, name);
		return -EINVAL;
	}
	/*
	 * A charp goes on pointing at the text. What it pointed at may be in the boot command line,
	 * so is not freed.
	 */
	if (kp->ops == &param_ops_charp) {
		value = kstrdup(value, GFP_KERNEL);
		if (!value)
			return -ENOMEM;
	}
	err = kp->ops->set(value, kp);
	if (err)
		cprintf("set: %s: cannot be set to '%s' (err %d)\n", name, value ?: "", err);
	return err;
}

static int set_run(int argc, char **argv)
{
	char *value;

	if (argc != 2) {
		cprintf("usage: set NAME=VALUE\n");
		return -EINVAL;
	}
	value = strchr(argv[1], '=');
	if (value)
		*value++ = '\0';
	return set_param(argv[1], value);
}

/* Only the shell completes, so one buffer will do. */
static const char *set_complete(int argc, const char *word, int n)
{
	static char candidate[64];
	const struct kernel_param *kp;

	for (kp = __start___param; (kp = next_param(kp, PERM_WRITE)) != NULL; kp++) {
		snprintf(candidate, sizeof(candidate), "%s=", kp->name);
		if (strstarts(candidate, word) && n-- == 0)
			return candidate;
	}
	return NULL;
}
SHELL_COMMAND(set, set_run, set_complete, "NAME=VALUE",
	      "change a kernel parameter; params lists them");
