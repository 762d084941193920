// SPDX-License-Identifier: GPL-2.0
/*
 * The shell's "klp": list the patches and what each patched function's stack looks like; enable or disable one; look at
 * a transition, wait for its end, force it.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/shell.h>
#include "../shell/shell.h"
#include "internal.h"
#include "transition.h"

#define MOST_LAGGARDS	8
#define WAIT_TIMEOUT	(60 * HZ)

static void list_object(const struct klp_object *obj)
{
	const struct klp_func *func;

	cprintf("  %s%s:", klp_object_name(obj), klp_is_object_loaded(obj) ? "" : " (not loaded)");
	klp_for_each_func(obj, func)
		cprintf(" %s", func->old_name);
	cprintf("\n");
}

static void list_stack(const struct klp_object *obj, const struct klp_func *func)
{
	const struct klp_ops *ops = klp_find_ops(func);
	const struct klp_func *replacement;
	const char *separator = "";

	cprintf("  %s:%s -> ", klp_object_name(obj), func->old_name);
	list_for_each_entry(replacement, &ops->func_stack, stack_node) {
		cprintf("%s%ps", separator, replacement->new_func);
		separator = ", ";
	}
	cprintf("\n");
}

/* Each stack once: with the patch that is at its bottom. */
static bool is_bottom(const struct klp_func *func)
{
	return func->state == KLP_ENABLED &&
	       list_is_last(&func->stack_node, &klp_find_ops(func)->func_stack);
}

static void list_stacks(const struct klp_patch *patch)
{
	const struct klp_object *obj;
	const struct klp_func *func;

	klp_for_each_object(patch, obj)
		klp_for_each_func(obj, func)
			if (is_bottom(func))
				list_stack(obj, func);
}

static const char *state_of(const struct klp_patch *patch)
{
	if (patch == klp_transition_patch)
		return klp_target_state == KLP_PATCHED ? "enabling" : "disabling";
	return patch->state == KLP_ENABLED ? "enabled" : "disabled";
}

static int klp_list(const char *name)
{
	struct klp_patch *patch;
	struct klp_object *obj;

	mutex_lock(&klp_mutex);
	list_for_each_entry(patch, &klp_patches, list) {
		cprintf("%s: %s%s\n", patch->mod->name, state_of(patch), patch->forced ? ", forced" : "");
		klp_for_each_object(patch, obj)
			list_object(obj);
	}
	if (!list_empty(&klp_patches))
		cprintf("stacks, newest first:\n");
	list_for_each_entry(patch, &klp_patches, list)
		list_stacks(patch);
	mutex_unlock(&klp_mutex);
	return 0;
}

/* The patch of module @name, with a reference to the module; NULL, after a message, if there is none. */
static struct klp_patch *get_patch(const char *name)
{
	struct klp_patch *patch, *found = NULL;

	mutex_lock(&klp_mutex);
	list_for_each_entry(patch, &klp_patches, list)
		if (!strcmp(patch->mod->name, name) && try_module_get(patch->mod))
			found = patch;
	mutex_unlock(&klp_mutex);
	if (!found)
		cprintf("klp: %s: no such patch\n", name);
	return found;
}

static int change(const char *name, const char *verb, int (*how)(struct klp_patch *patch))
{
	struct klp_patch *patch = get_patch(name);
	int err;

	if (!patch)
		return -ENOENT;
	err = how(patch);
	if (err)
		cprintf("klp: can't %s '%s': %s (err %d)\n", verb, name, shell_strerror(err), err);
	module_put(patch->mod);
	return err;
}

static int klp_enable(const char *name)
{
	return change(name, "enable", klp_enable_patch);
}

static int klp_disable(const char *name)
{
	return change(name, "disable", klp_disable_patch);
}

/* ---- the transition ---- */

/* Threads that have not been switched, and why; copied, so that the console is not written to under tasklist_lock. */
static struct laggard {
	char comm[TASK_COMM_LEN];
	int pid;
	struct klp_obstacle why;
} laggards[MOST_LAGGARDS];	/* under klp_mutex */
static unsigned int nr_laggards;

static bool note_laggard(struct task_struct *task)
{
	struct laggard l = { .pid = task->pid };

	if (klp_try_switch_task(task, &l.why))
		return false;
	strscpy(l.comm, task->comm, sizeof(l.comm));
	if (nr_laggards < MOST_LAGGARDS)
		laggards[nr_laggards++] = l;
	return true;
}

static void print_laggard(const struct laggard *l)
{
	cprintf("  %s[%d] ", l->comm, l->pid);
	if (l->why.err == -EADDRINUSE)
		cprintf("is in %ps\n", (void *)l->why.func);
	else
		cprintf("%s\n", l->why.err == -EBUSY ? "runs" : "was interrupted: what it is in cannot be told");
}

void klp_print_transition(void)
{
	unsigned int i, n;

	if (!klp_transition_patch) {
		cprintf("no patch is in transition\n");
		return;
	}
	nr_laggards = 0;
	n = klp_count_tasks(note_laggard);
	cprintf("%s: %s, threads that have yet to be switched: %u\n", klp_transition_patch->mod->name,
		state_of(klp_transition_patch), n);
	for (i = 0; i < nr_laggards; i++)
		print_laggard(&laggards[i]);
}

static int klp_status(const char *unused)
{
	mutex_lock(&klp_mutex);
	klp_print_transition();
	mutex_unlock(&klp_mutex);
	return 0;
}

static int klp_wait(const char *unused)
{
	if (wait_event_timeout(klp_transition_wq, !READ_ONCE(klp_transition_patch), WAIT_TIMEOUT))
		return 0;
	cprintf("klp: gave up waiting for the end of the transition\n");
	klp_status(NULL);
	return -ETIMEDOUT;
}

static int klp_force(const char *unused)
{
	int err = -EINVAL;

	mutex_lock(&klp_mutex);
	klp_print_transition();
	if (klp_transition_patch) {
		klp_force_transition();
		err = 0;
	}
	mutex_unlock(&klp_mutex);
	return err;
}

/* What a caller of the lesson's functions gets. */
static int klp_call(const char *name)
{
	int answer = livepatch_call();

	cprintf("a() = %d\n", livepatch_a());
	if (answer == -ENODEV)
		cprintf("b() is not there: insmod livepatch_m.ko\n");
	else
		cprintf("b() = %d: b%d has called a%d%s\n", answer, answer / 10, answer % 10,
			LESSON_FITS(answer) ? "" : ", which it does not fit");
	return 0;
}

static const struct {
	const char *name;
	int nr_args;
	int (*run)(const char *arg);
} verbs[] = {
	{ "list", 0, klp_list },
	{ "enable", 1, klp_enable },
	{ "disable", 1, klp_disable },
	{ "call", 0, klp_call },
	{ "status", 0, klp_status },
	{ "wait", 0, klp_wait },
	{ "force", 0, klp_force },
};

static int klp_command(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (argc == 2 + verbs[i].nr_args && !strcmp(argv[1], verbs[i].name))
			return verbs[i].run(argv[2]);
	cprintf("usage: klp list | status | wait | force | call | enable PATCH | disable PATCH\n");
	return -EINVAL;
}

/* The @n-th patch whose name starts with @word. */
static const char *complete_patch(const char *word, int n)
{
	static char name[MODULE_NAME_LEN];
	const char *found = NULL;
	struct klp_patch *patch;

	mutex_lock(&klp_mutex);
	list_for_each_entry(patch, &klp_patches, list) {
		if (strncmp(patch->mod->name, word, strlen(word)) || n--)
			continue;
		strscpy(name, patch->mod->name, sizeof(name));
		found = name;
		break;
	}
	mutex_unlock(&klp_mutex);
	return found;
}

static const char *klp_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i].name, word, strlen(word)) && n-- == 0)
			return verbs[i].name;
	return argc == 3 ? complete_patch(word, n) : NULL;
}

SHELL_COMMAND(klp, klp_command, klp_complete, "list | status | wait | force | call | enable PATCH | disable PATCH",
	      "live patches: show them, their stacks, and a transition; switch one; call the lesson's functions");
