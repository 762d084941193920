// SPDX-License-Identifier: GPL-2.0
/*
 * preempt=none|full, at boot and at run time. With full, an interrupt or a preempt_enable() may
 * switch to another thread wherever preempt_count is 0. With none, a thread keeps its CPU until it
 * calls schedule() or cond_resched().
 */
#include "sched.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

static const char * const model_names[] = { "none", "full" };
static unsigned int preempt_model;

bool notrace preempt_is_full(void)
{
	return READ_ONCE(preempt_model) == 1;
}

/**
 * preempt_model_name() - how threads are preempted at the moment
 *
 * Context: any. Return: "none" or "full".
 */
const char *preempt_model_name(void)
{
	return model_names[READ_ONCE(preempt_model)];
}

/**
 * sched_set_preempt() - choose how threads are preempted, from now on
 * @name: "none" or "full"
 *
 * Context: any. Return: 0, or -EINVAL for another name.
 */
int sched_set_preempt(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(model_names); i++) {
		if (strcmp(name, model_names[i]) == 0) {
			WRITE_ONCE(preempt_model, i);
			return 0;
		}
	}
	return -EINVAL;
}

static int param_set_preempt(const char *val, const struct kernel_param *kp)
{
	return sched_set_preempt(val);
}

static int param_get_preempt(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", preempt_model_name());
}

static const struct kernel_param_ops preempt_ops = {
	.set = param_set_preempt,
	.get = param_get_preempt,
};

core_param_cb(preempt, &preempt_ops, NULL, 0444);

static int preempt_command(int argc, char **argv)
{
	int err = 0;

	if (argc > 1)
		err = sched_set_preempt(argv[1]);
	if (err)
		cprintf("preempt: \"%s\" is neither \"none\" nor \"full\"\n", argv[1]);
	else
		cprintf("%s\n", preempt_model_name());
	return err;
}

static const char *preempt_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(model_names); i++) {
		if (strncmp(model_names[i], word, strlen(word)) == 0 && n-- == 0)
			return model_names[i];
	}
	return NULL;
}

SHELL_COMMAND(preempt, preempt_command, preempt_complete, "[none|full]",
	      "show or set when threads are preempted");
