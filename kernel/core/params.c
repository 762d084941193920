// SPDX-License-Identifier: GPL-2.0
/*
 * From a line of "name=value" words to variables: the boot command line's way into the kernel, and
 * insmod's into a module. The types themselves are in param_types.c.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

static char dash_to_underscore(char c)
{
	return c == '-' ? '_' : c;
}

bool parameq(const char *a, const char *b)
{
	while (*a && dash_to_underscore(*a) == dash_to_underscore(*b)) {
		a++;
		b++;
	}
	return dash_to_underscore(*a) == dash_to_underscore(*b);
}

/* Cut a closing quote off @s, if the last character before @end is one. */
static void cut_quote(char *s, char *end)
{
	if (end > s && end[-1] == '"')
		end[-1] = '\0';
}

char *next_arg(char *args, char **param, char **val)
{
	bool quoted = *args == '"', in_quote = quoted;
	char *p, *equals = NULL;

	args += quoted;
	for (p = args; *p && (in_quote || !isspace(*p)); p++) {
		if (*p == '=' && !equals)
			equals = p;
		in_quote ^= *p == '"';
	}
	*param = args;
	*val = NULL;
	args = *p ? p + 1 : p;
	*p = '\0';
	if (quoted)
		cut_quote(*param, p);
	if (equals) {
		*equals = '\0';
		*val = equals + 1;
		if (**val == '"') {
			(*val)++;
			cut_quote(*val, p);
		}
	}
	return skip_spaces(args);
}

static int parse_one(char *param, char *val, const char *doing, const struct kernel_param *params,
		     unsigned int num, void *arg, parse_unknown_fn unknown)
{
	const struct kernel_param *kp;

	for (kp = params; kp < params + num; kp++) {
		if (!parameq(param, kp->name))
			continue;
		if (!val && !(kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
			return -EINVAL;
		return kp->ops->set(val, kp);
	}
	return unknown ? unknown(param, val, doing, arg) : -ENOENT;
}

static void report_error(int err, const char *doing, const char *param, const char *val)
{
	if (err == -ENOENT)
		pr_err("%s: Unknown parameter `%s'\n", doing, param);
	else if (err == -ENOSPC)
		pr_err("%s: `%s' too large for parameter `%s'\n", doing, val ? val : "", param);
	else
		pr_err("%s: `%s' invalid for parameter `%s'\n", doing, val ? val : "", param);
}

char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num,
		 void *arg, parse_unknown_fn unknown)
{
	int err, first_err = 0;
	char *param, *val;

	args = skip_spaces(args);
	while (*args) {
		args = next_arg(args, &param, &val);
		if (!val && strcmp(param, "--") == 0)
			return first_err ? ERR_PTR(first_err) : args;
		err = parse_one(param, val, doing, params, num, arg, unknown);
		if (!err)
			continue;
		report_error(err, doing, param, val);
		first_err = first_err ? first_err : err;
	}
	return first_err ? ERR_PTR(first_err) : NULL;
}

void destroy_params(const struct kernel_param *params, unsigned int num)
{
	const struct kernel_param *kp;

	for (kp = params; kp < params + num; kp++)
		if (kp->ops->free)
			kp->ops->free(kp->arg);
}

/* A word nobody knows is most likely a misspelt one, or for a module: say so, and boot on. */
static int unknown_boot_param(char *param, char *val, const char *doing, void *arg)
{
	pr_warn("Unknown boot parameter `%s%s%s', %s\n", param, val ? "=" : "", val ? val : "",
		strchr(param, '.') ? "left to modprobe" : "ignored");
	return 0;
}

void __init parse_boot_params(char *args)
{
	parse_args("Booting kernel", args, __start___param, __stop___param - __start___param, NULL,
		   unknown_boot_param);
}
