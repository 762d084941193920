// SPDX-License-Identifier: GPL-2.0
/*
 * The symbol table that is switched under its readers (2016).
 *
 * While a module's init runs, its symbol table has init's symbols too. Linux then copied those of the core to memory that
 * stays, and switched from the one table to the other, while somebody read /proc/kallsyms.
 *
 *	switch=torn	table, length and strings are set one after the other, as until 2016
 *	switch=rcu	one pointer leads to all three, as since
 *	switch=shrink	one table, whose length changes: this kernel's loader
 *
 * In all of them init's copy is freed after a grace period, so what goes wrong is not that it was freed too early.
 *
 * Oracle: the value of a symbol of the core, which is there all the time; or a fault. A table ends where its page ends,
 * so a reader that walks off it faults at once.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/race.h>
#include <stopgap/symtab_switch.h>
#include <stopgap/vmap.h>

/**
 * struct symbol - what goes into a table
 * @name: its name
 * @value: its value; also the oracle's
 */
struct symbol {
	const char *name;
	unsigned long value;
};

#define LOOKED_UP	{ "core_b", 0xb0 }

/* In the order of the file; of the core alone; the core's before init's. */
static const struct symbol init_order[] = { { "init_a", 0xa1 }, { "core_a", 0xa0 }, { "init_b", 0xb1 }, LOOKED_UP };
static const struct symbol core_order[] = { { "core_a", 0xa0 }, LOOKED_UP };
static const struct symbol whole_order[] = { { "core_a", 0xa0 }, LOOKED_UP, { "init_a", 0xa1 }, { "init_b", 0xb1 } };
static const struct symbol looked_up = LOOKED_UP;

static const char *const switch_names[] = { "torn", "rcu", "shrink", NULL };
static const struct symtab_switch *const switches[] = {
	&symtab_switch_torn, &symtab_switch_rcu, &symtab_switch_shrink,
};
static struct race_choice switch_choice = { .values = switch_names };

static struct switching_module *subject;
static const struct symtab_switch *way;

/* ---- tables ---- */

/* The page that a table ends: strings at its start, the entries at its end. */
static void *page_of(const struct mod_kallsyms *table)
{
	return (void *)((unsigned long)table->symtab & PAGE_MASK);
}

static int make_table(struct mod_kallsyms *table, const char *what, const struct symbol *symbols, unsigned int n)
{
	char *page = vmap_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_RW, what);
	unsigned int i, end = 1;

	if (!page)
		return -ENOMEM;
	memset(page, 0, PAGE_SIZE);
	table->strtab = page;
	table->num_symtab = n + 1;
	table->symtab = (Elf64_Sym *)(page + PAGE_SIZE) - table->num_symtab;
	for (i = 0; i < n; i++) {
		table->symtab[i + 1].st_name = end;
		table->symtab[i + 1].st_value = symbols[i].value;
		strcpy(page + end, symbols[i].name);
		end += strlen(symbols[i].name) + 1;
	}
	return 0;
}

static void free_table(struct mod_kallsyms *table)
{
	if (table->symtab)
		vmap_free(page_of(table));
	table->symtab = NULL;
}

static void free_subject(void)
{
	free_table(&subject->init);
	free_table(&subject->core);
	free_table(&subject->whole);
	kfree(subject);
	subject = NULL;
}

/* ---- the scenario ---- */

static int setup(struct race_run *run)
{
	way = switches[switch_choice.now];
	return 0;
}

static int prepare(struct race_run *run)
{
	int err;

	subject = kzalloc(sizeof(*subject), GFP_KERNEL);
	if (!subject)
		return -ENOMEM;
	err = make_table(&subject->init, "symbols of init", init_order, ARRAY_SIZE(init_order)) ?:
	      make_table(&subject->core, "symbols of core", core_order, ARRAY_SIZE(core_order)) ?:
	      make_table(&subject->whole, "symbols of both", whole_order, ARRAY_SIZE(whole_order));
	if (err)
		free_subject();
	else
		way->publish(subject);
	return err;
}

static int end_of_init(struct race_run *run)
{
	way->to_core(subject);
	synchronize_rcu();
	free_table(&subject->init);
	return 0;
}

static int read_symbols(struct race_run *run)
{
	unsigned long value;

	rcu_read_lock();
	value = way->lookup(subject, looked_up.name);
	rcu_read_unlock();
	if (value != looked_up.value)
		race_hit(run, "%s: %lx, not %lx", looked_up.name, value, looked_up.value);
	return 0;
}

static int finish(struct race_run *run)
{
	free_subject();
	return 0;
}

static void teardown(struct race_run *run)
{
}

static const struct race_axis axes[] = {
	{ .name = "switch", .nth = race_choice_nth, .set = race_choice_set, .get = race_choice_get,
	  .choice = &switch_choice, .headline = true },
};

static const struct race_participant participants[] = {
	{ "end of init", end_of_init },
	{ "kallsyms", read_symbols },
};

static const char *const rows[] = {
	"switch=torn",
	"switch=torn preempt=full",
	"switch=rcu",
	"switch=rcu preempt=full",
	"switch=shrink",
	"switch=shrink preempt=full",
	NULL
};

static const struct race_scenario symtab_scenario = {
	.name = "symtab",
	.story = "a module's symbol table is switched from its init to its core copy while it is read (2016)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.crowd = true,
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.finish = finish,
	.teardown = teardown,
};
RACE_SCENARIO(symtab_scenario);
