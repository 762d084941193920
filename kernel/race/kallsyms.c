// SPDX-License-Identifier: GPL-2.0
/*
 * kallsyms against insmod and rmmod (2005).
 *
 * One CPU looks symbols up without any lock, as the oops handler would, while another inserts or removes a module.
 * kallsyms_lookup() walks the list of modules, whose links lie in the modules themselves; if rmmod unlinks and frees
 * a module while the walk is inside it, the walk goes on in memory that is gone. Insmod takes nothing away, but a
 * walk may meet an entry that is not complete.
 *
 *	op=unlink	the module goes
 *	op=link		the module comes
 *	symbol=own	what is looked up is a symbol of that module, while there is one
 *	symbol=behind	what is looked up is a symbol of another module, behind it on the list
 *	reader=thread	a thread looks up, then lets others run, then uses the answer
 *	reader=irq	so does the handler of a trap or an interrupt, which never lets others run
 *	reader=sprint	a thread prints the symbol, as %pS does
 *	name=copy	what is used is the copy that kallsyms_lookup() has made of the name
 *	name=pointer	what is used are the pointers into the module: the symbol's name, as kallsyms_lookup()
 *			returned it before 2005; in sprint_symbol(), the module's name, for many years more
 *
 * Oracle: a fault of the reader, or an answer that is not the one answer the address ever had. With symbol=behind even
 * no answer is wrong: what is looked up was there all the time.
 */
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>
#include <stopgap/unlink_policy.h>
#include "internal.h"

/**
 * struct subject - a module, and one of its symbols
 * @file: where it is in the ramdisk
 * @module: its name
 * @symbol: what is looked up in it
 * @image: the file, once found
 */
struct subject {
	const char *file;
	const char *module;
	const char *symbol;
	struct ramdisk_file image;
};

/* The module that comes and goes; and the one that stays. */
static struct subject mover = { .file = "hello.ko", .module = "hello", .symbol = "hello_exit" };
static struct subject resident = { .file = "exporter.ko", .module = "exporter", .symbol = "exporter_gpl_value" };

/**
 * struct reader - one way of looking a symbol up
 * @copy: with name=copy
 * @pointer: with name=pointer
 */
struct reader {
	int (*copy)(struct race_run *run);
	int (*pointer)(struct race_run *run);
};

/**
 * struct operation - what is raced against
 * @prepare: bring about the state in which it can begin
 * @act: it
 * @undo: bring back the state before @prepare
 */
struct operation {
	int (*prepare)(void);
	int (*act)(void);
	int (*undo)(void);
};

static unsigned long target_addr;	/* what the reader looks up */
static const struct operation *op;	/* what is chosen, from setup() on */
static const struct reader *reader;
static const struct subject *looked_up;

/* ---- answers ---- */

static void check_module(struct race_run *run, const char *modname)
{
	if (!modname || strcmp(modname, looked_up->module))
		race_hit(run, "wrong module: \"%s\", not %s", modname ? modname : "(kernel)", looked_up->module);
}

static void check_name(struct race_run *run, const char *name)
{
	if (!name) {
		if (looked_up == &resident)
			race_hit(run, "%s is not found", looked_up->symbol);
		return;
	}
	if (strcmp(name, looked_up->symbol))
		race_hit(run, "wrong name: \"%s\", not %s", name, looked_up->symbol);
}

/* ---- readers ---- */

static int look_up_copy(struct race_run *run)
{
	char namebuf[KSYM_NAME_LEN + 1];
	unsigned long size, offset;
	const char *name;

	name = kallsyms_lookup(READ_ONCE(target_addr), &size, &offset, NULL, namebuf);
	cond_resched();
	check_name(run, name);
	return 0;
}

static int look_up_pointer(struct race_run *run)
{
	const struct unlink_policy *policy;
	unsigned long size, offset;
	char *modname = NULL;
	const char *name;

	policy = modules_read_lock();
	name = module_address_lookup(READ_ONCE(target_addr), &size, &offset, &modname);
	modules_read_unlock(policy);
	cond_resched();
	check_name(run, name);
	if (name)
		check_module(run, modname);
	return 0;
}

/* "symbol+0x0/0xsize [module]", or a bare number. */
static void check_text(struct race_run *run, char *text)
{
	char *modname = strstr(text, " [");

	if (!strncmp(text, "0x", 2))
		return check_name(run, NULL);
	text[strcspn(text, "+")] = '\0';
	check_name(run, text);
	if (modname)
		modname[strcspn(modname, "]")] = '\0';
	check_module(run, modname ? modname + 2 : NULL);
}

static int print_copy(struct race_run *run)
{
	char text[KSYM_SYMBOL_LEN];

	sprint_symbol(text, READ_ONCE(target_addr));
	check_text(run, text);
	return 0;
}

/* sprint_symbol() with its old mistake: preemption is on again when the module's name is printed. */
static int print_pointer(struct race_run *run)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned long size, offset;
	char *modname = NULL;
	const char *name;
	int len;

	preempt_disable();
	name = kallsyms_lookup(READ_ONCE(target_addr), &size, &offset, &modname, text);
	preempt_enable();
	if (!name) {
		check_name(run, NULL);
		return 0;
	}
	len = strlen(text);
	len += sprintf(text + len, "+0x%lx/0x%lx", offset, size);
	if (modname)
		scnprintf(text + len, sizeof(text) - len, " [%s]", modname);
	check_text(run, text);
	return 0;
}

/* As the handler of a trap or an interrupt: interrupts are off, and nobody schedules. */
static int in_irq_context(struct race_run *run, int (*look_up)(struct race_run *run))
{
	unsigned long flags;
	int err;

	local_irq_save(flags);
	irq_enter();
	err = race_guarded(run, look_up);
	irq_exit();
	local_irq_restore(flags);
	return err;
}

static int irq_copy(struct race_run *run)
{
	return in_irq_context(run, look_up_copy);
}

static int irq_pointer(struct race_run *run)
{
	return in_irq_context(run, look_up_pointer);
}

/* ---- operations ---- */

static int insert(const struct subject *s)
{
	return (int)load_module_image(s->image.data, s->image.size, NULL, NULL);
}

static unsigned long find_address(const struct subject *s)
{
	char name[MODULE_NAME_LEN + KSYM_NAME_LEN + 2];

	snprintf(name, sizeof(name), "%s:%s", s->module, s->symbol);
	return module_kallsyms_lookup_name(name);
}

static int insert_mover(void)
{
	return insert(&mover);
}

static int remove_mover(void)
{
	return (int)delete_module(mover.module);
}

static int nothing(void)
{
	return 0;
}

/* ---- the axes ---- */

static const char *const op_names[] = { "unlink", "link", NULL };
static const struct operation operations[] = {
	{ .prepare = insert_mover, .act = remove_mover, .undo = nothing },
	{ .prepare = nothing, .act = insert_mover, .undo = remove_mover },
};

static const char *const symbol_names[] = { "own", "behind", NULL };
static const struct subject *const subjects[] = { &mover, &resident };

static const char *const reader_names[] = { "thread", "irq", "sprint", NULL };
static const struct reader readers[] = {
	{ look_up_copy, look_up_pointer },
	{ irq_copy, irq_pointer },
	{ print_copy, print_pointer },
};

static const char *const name_names[] = { "copy", "pointer", NULL };

static struct race_choice op_choice = { .values = op_names };
static struct race_choice symbol_choice = { .values = symbol_names };
static struct race_choice reader_choice = { .values = reader_names };
static struct race_choice name_choice = { .values = name_names };

static const struct race_axis axes[] = {
	RACE_UNLINK_AXIS,
	RACE_CHOICE("op", &op_choice),
	RACE_CHOICE("symbol", &symbol_choice),
	RACE_CHOICE("reader", &reader_choice),
	RACE_CHOICE("name", &name_choice),
};

/* ---- the scenario ---- */

static int find_image(struct subject *s)
{
	int err = ramdisk_find(s->file, &s->image);

	if (err)
		cprintf("race: %s: not in the ramdisk\n", s->file);
	return err;
}

static int check_absent(const struct subject *s)
{
	if (!find_address(s))
		return 0;
	cprintf("race: %s is loaded; rmmod it first\n", s->module);
	return -EEXIST;
}

static int setup(struct race_run *run)
{
	int err;

	op = &operations[op_choice.now];
	reader = &readers[reader_choice.now];
	looked_up = subjects[symbol_choice.now];
	err = find_image(&mover) ?: find_image(&resident) ?: check_absent(&mover) ?: check_absent(&resident);
	return err ?: insert(&resident);
}

static int prepare(struct race_run *run)
{
	int err = op->prepare();

	WRITE_ONCE(target_addr, find_address(looked_up));
	return err;
}

static int change_list(struct race_run *run)
{
	return op->act();
}

static int read_list(struct race_run *run)
{
	return name_choice.now ? reader->pointer(run) : reader->copy(run);
}

static int undo(struct race_run *run)
{
	return op->undo();
}

static void teardown(struct race_run *run)
{
	delete_module(resident.module);
}

static const struct race_participant participants[] = {
	{ "insmod or rmmod", change_list },
	{ "kallsyms", read_list },
};

/* The questions of the lesson, one after the other. */
static const char *const rows[] = {
	"unlink=spinlock",
	"unlink=spinlock symbol=behind",
	"unlink=spinlock reader=irq",
	"unlink=stop_machine_ipi",
	"unlink=stop_machine_ipi symbol=behind",
	"unlink=stop_machine_ipi reader=irq",
	"unlink=stop_machine",
	"unlink=stop_machine symbol=behind",
	"unlink=stop_machine reader=irq",
	"unlink=stop_machine name=pointer",
	"unlink=stop_machine preempt=full",
	"unlink=stop_machine symbol=behind preempt=full",
	"unlink=stop_machine reader=irq preempt=full",
	"unlink=stop_machine reader=sprint preempt=full",
	"unlink=stop_machine reader=sprint name=pointer preempt=full",
	"unlink=rcu",
	"unlink=rcu preempt=full",
	"unlink=rcu symbol=behind preempt=full",
	"unlink=rcu reader=sprint preempt=full",
	"unlink=rcu reader=sprint name=pointer preempt=full",
	"op=link symbol=behind unlink=spinlock",
	"op=link symbol=behind unlink=stop_machine",
	"op=link symbol=behind unlink=rcu",
	NULL
};

static const struct race_scenario kallsyms_scenario = {
	.name = "kallsyms",
	.story = "lock-free symbol lookups walk the module list while insmod and rmmod change it (2005)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.crowd = true,
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.undo = undo,
	.teardown = teardown,
};
RACE_SCENARIO(kallsyms_scenario);
