// SPDX-License-Identifier: GPL-2.0
/*
 * Registering and enabling a live patch against modules that come and go (2015).
 *
 * There is a() in the kernel and b() in module M, and patches P1, P2, P3 for both. P1 and P2 are enabled; P3 is
 * registered and enabled just when
 *
 *	race=coming	M is loaded. b() must have the stack b3, b2, b1, as if there had been no hurry
 *	race=going	M is unloaded. Until its exit has returned, b() may be called: where the new a() is called it
 *			must be called by the new b(). And nothing may touch M once it is freed
 *	race=two	another patch is: both modules are being loaded, and each registers its patch in its init
 *	race=consistency  none of these: somebody calls b() when P2 is enabled, or disabled (klp_consistency.c)
 *
 *	when=moving	P3 begins when M can be found, or is on its way out
 *	when=handled	P3 begins while the handler of modules that come and go is at work on M
 *	when=any	P3 begins at any time, and over and over, where CPUs run by themselves; else once in a round
 *
 * What each participant runs is the kernel's own code: load_module_image(), delete_module(), klp_register_patch() and
 * klp_enable_patch(). The oracle calls b(), as those do to whom M has offered it.
 */
#include <asm/processor.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>

#include "../livepatch/internal.h"
#include "../livepatch/transition.h"
#include "klp.h"

static const char *const names[NR_MODULES] = { "livepatch_m", "livepatch_p1", "livepatch_p2", "livepatch_p3" };
static struct ramdisk_file images[NR_MODULES];
static struct klp_patch *p3;
static bool p3_tried;	/* in this round */
static unsigned long retry_delay;

enum { MOVING, HANDLED, ANY };

static const char *const when_names[] = { "moving", "handled", "any", NULL };
static struct race_choice when_choice = { .values = when_names };

static int nothing(void)
{
	return 0;
}

/* ---- modules ---- */

static int find_images(void)
{
	char file[MODULE_NAME_LEN + 3];
	unsigned int i;

	for (i = 0; i < NR_MODULES; i++) {
		snprintf(file, sizeof(file), "%s.ko", names[i]);
		if (ramdisk_find(file, &images[i])) {
			cprintf("race: %s: not in the ramdisk\n", file);
			return -ENOENT;
		}
		if (klp_find_module(names[i], NULL)) {
			cprintf("race: %s is loaded; rmmod it first\n", names[i]);
			return -EEXIST;
		}
	}
	return 0;
}

int klp_race_load(unsigned int which, const char *args)
{
	return (int)load_module_image(images[which].data, images[which].size, args, NULL);
}

static int unload(unsigned int which)
{
	return (int)delete_module(names[which]);
}

struct klp_patch *klp_race_patch(unsigned int which)
{
	char symbol[MODULE_NAME_LEN + 8];

	snprintf(symbol, sizeof(symbol), "%s:patch", names[which]);
	return (struct klp_patch *)module_kallsyms_lookup_name(symbol);
}

static void retire(struct klp_patch *patch)
{
	klp_disable_patch(patch);
	klp_race_settle();
	klp_unregister_patch(patch);
}

/* ---- oracles ---- */

static void hit_answer(struct race_run *run, const struct klp_patch *patch, int answer)
{
	char a[32], b[32], picture[RACE_PICTURE_LEN];

	klp_print_stack_of(&patch->objs[0], patch->objs[0].funcs, a, sizeof(a));
	klp_print_stack_of(&patch->objs[1], patch->objs[1].funcs, b, sizeof(b));
	race_hit(run, "b%d() has called a%d(). ops_a->func_stack: %s; ops_b->func_stack: %s", answer / 10, answer % 10,
		 a, b);
	race_picture(run, klp_print_picture(patch, picture, sizeof(picture)));
}

void klp_race_check(struct race_run *run, const struct klp_patch *patch)
{
	int answer = livepatch_call();

	if (answer != -ENODEV && !LESSON_FITS(answer))
		hit_answer(run, patch, answer);
}

/* Once M is off the list nobody may know where it was: there is no handler to come that would make him forget. */
static void check_forgotten(struct race_run *run)
{
	if (!klp_find_module(names[M], NULL) && READ_ONCE(p3->objs[1].mod))
		race_hit(run, "M is freed, and P3 still has its address %016lx, to patch what is there",
			 (unsigned long)p3->objs[1].mod);
}

/* ---- P3 ---- */

static int enable_p3(struct race_run *run)
{
	int err = klp_register_patch(p3) ?: klp_enable_patch(p3);

	if (err == -ETIMEDOUT)
		race_hit(run, "deadlock: the patch waits for a module that waits for the patch");
	return 0;
}

/* A fault has come out of the middle of it: nobody else will let go of the locks. */
static void let_go(struct mutex *mutex)
{
	if (mutex->owner == current)
		mutex_unlock(mutex);
}

static bool has_come(void)
{
	return klp_find_module(names[M], NULL);
}

static bool is_alive(const struct module *mod)
{
	return mod->klp_alive;
}

static bool is_taken_on(void)
{
	return klp_find_module(names[M], is_alive);
}

static bool is_live(const struct module *mod)
{
	return mod->state == MODULE_STATE_LIVE;
}

static bool has_left(void)
{
	return !klp_find_module(names[M], is_live);
}

static bool is_let_go(void)
{
	return !is_taken_on();
}

/* By when=. */
typedef bool (*const moments[])(void);
static moments moments_of_coming = { [MOVING] = has_come, [HANDLED] = is_taken_on, [ANY] = NULL };
static moments moments_of_going = { [MOVING] = has_left, [HANDLED] = is_let_go, [ANY] = NULL };

/* The answer is stale at once; it only keeps P3 from being done long before anything can go wrong. */
static void await(moments moments)
{
	bool (*is_it_now)(void) = moments[when_choice.now];

	while (is_it_now && !is_it_now()) {
		cpu_relax();
		cond_resched();
	}
}

static int patch_p3(struct race_run *run)
{
	if (p3_tried) {
		if (when_choice.now != ANY)
			return 0;
		/* Over and over: what came of the last time? */
		klp_race_check(run, p3);
		check_forgotten(run);
		retire(p3);
	}
	p3_tried = true;
	if (race_guarded(run, enable_p3) == -EFAULT) {
		let_go(&module_mutex);
		let_go(&klp_mutex);
	}
	klp_race_check(run, p3);
	return 0;
}

/* ---- race=coming, race=going ---- */

static int patch_when_coming(struct race_run *run)
{
	await(moments_of_coming);
	return patch_p3(run);
}

static int patch_when_going(struct race_run *run)
{
	await(moments_of_going);
	return patch_p3(run);
}

static int load_patches(void)
{
	int err = klp_race_load(P1, NULL) ?: klp_race_settle() ?: klp_race_load(P2, NULL) ?: klp_race_settle() ?:
		  klp_race_load(P3, "start=0");

	p3 = klp_race_patch(P3);
	return err;
}

static int load_m(struct race_run *run)
{
	return klp_race_load(M, NULL);
}

static int unload_m(struct race_run *run)
{
	return unload(M);
}

static int prepare_going(void)
{
	return klp_race_load(M, NULL);
}

static int finish_coming(struct race_run *run)
{
	klp_race_check(run, p3);
	retire(p3);
	return unload(M);
}

static int finish_going(struct race_run *run)
{
	check_forgotten(run);
	retire(p3);
	return 0;
}

/* ---- race=two ---- */

/* The loader reports an init that fails; whoever runs the rounds restores the level. */
static int expect_refusals(void)
{
	console_loglevel = min(console_loglevel, 3);
	return 0;
}

/* It may be refused: the patches may have been registered in one order and enabled in the other. */
static int load_patch(struct race_run *run, unsigned int which)
{
	if (klp_race_load(which, NULL) == -ETIMEDOUT)
		race_hit(run, "deadlock: %s waits for another patch, which waits for it", names[which]);
	return 0;
}

static int load_p1(struct race_run *run)
{
	if (klp_find_module(names[P1], NULL))
		return 0;
	return load_patch(run, P1);
}

static int load_p2(struct race_run *run)
{
	if (klp_find_module(names[P2], NULL))
		return 0;
	return load_patch(run, P2);
}

static bool is_newest(const struct klp_patch *patch)
{
	return list_is_last(&patch->list, &klp_patches) || list_next_entry(patch, list)->state == KLP_DISABLED;
}

static void disable_if_newest(unsigned int which)
{
	struct klp_patch *patch = klp_race_patch(which);

	klp_race_settle();
	if (patch && patch->state == KLP_ENABLED && is_newest(patch))
		klp_disable_patch(patch);
	klp_race_settle();
}

/* Whichever was enabled last has to be disabled first. */
static void unload_patches(void)
{
	static const unsigned int order[] = { P3, P2, P1, P2 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(order); i++)
		disable_if_newest(order[i]);
	for (i = P3; i >= P1; i--)
		unload(i);
}

static int finish_two(struct race_run *run)
{
	unload_patches();
	return 0;
}

static const struct klp_race coming = {
	"coming", load_patches, nothing, load_m, patch_when_coming, finish_coming, NULL
};
static const struct klp_race going = {
	"going", load_patches, prepare_going, unload_m, patch_when_going, finish_going, NULL
};
static const struct klp_race two = {
	"two", expect_refusals, nothing, load_p1, load_p2, finish_two, NULL
};

static const struct klp_race *const races[] = { &coming, &going, &two, &klp_consistency_race };

/* ---- the axes ---- */

static const char *const race_names[] = { "coming", "going", "two", "consistency", NULL };
static struct race_choice race_choice = { .values = race_names };

static const struct race_axis axes[] = {
	KLP_POLICY_AXIS,
	KLP_CONSISTENCY_AXIS,
	RACE_CHOICE("race", &race_choice),
	RACE_CHOICE("when", &when_choice),
	RACE_CHOICE("way", &klp_way_choice),
};

static const struct race_axis axes_of_one[] = {
	KLP_POLICY_AXIS,
	KLP_CONSISTENCY_AXIS,
	RACE_CHOICE("when", &when_choice),
};

static const struct race_axis axes_of_consistency[] = {
	KLP_CONSISTENCY_AXIS,
	RACE_CHOICE("way", &klp_way_choice),
};

/* The scenario "klp-NAME" is the one of that name, "klp" the one that race= says. */
static const struct klp_race *race_of(const struct race_run *run)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(races); i++)
		if (!strcmp(run->scenario->name + strlen("klp") + !!run->scenario->name[strlen("klp")], races[i]->name))
			return races[i];
	return races[race_choice.now];
}

/* ---- the scenario ---- */

static int setup(struct race_run *run)
{
	int err = find_images();

	if (err)
		return err;
	/* A participant does it, when it is worth the while. */
	retry_delay = klp_retry_delay;
	klp_retry_delay = 0;
	err = race_of(run)->setup();
	if (err)
		klp_retry_delay = retry_delay;
	return err;
}

static int prepare(struct race_run *run)
{
	p3_tried = false;
	return race_of(run)->prepare();
}

static int act_module(struct race_run *run)
{
	return race_of(run)->module(run);
}

static int act_patch(struct race_run *run)
{
	return race_of(run)->patch(run);
}

static int finish(struct race_run *run)
{
	const struct klp_race *race = race_of(run);

	return race->finish ? race->finish(run) : 0;
}

static int undo(struct race_run *run)
{
	const struct klp_race *race = race_of(run);

	return race->undo ? race->undo(run) : 0;
}

static void teardown(struct race_run *run)
{
	unload_patches();
	unload(M);
	klp_retry_delay = retry_delay;
}

static const struct race_participant participants[] = {
	{ "insmod or rmmod M", act_module },
	{ "klp_enable_patch(P3)", act_patch },
};

static const struct race_participant participants_of_two[] = {
	{ "insmod P1", act_module },
	{ "insmod P2", act_patch },
};

static const struct race_participant participants_of_consistency[] = {
	{ "calls b()", act_module },
	{ "klp_enable_patch(P2)", act_patch },
};

/* The questions of the lesson. What deadlocks comes last. */
static const char *const rows[] = {
	"race=coming klp=notifier",
	"race=coming klp=alive",
	"race=coming klp=live",
	"race=coming klp=reject",
	"race=coming klp=wait",
	"race=coming klp=hold",
	"race=coming klp=fixup",
	"race=coming klp=state",
	"race=going klp=notifier",
	"race=going klp=alive",
	"race=going klp=live",
	"race=going klp=reject",
	"race=going klp=wait",
	"race=going klp=hold",
	"race=going klp=fixup",
	"race=going klp=state",
	"race=two klp=alive",
	"race=two klp=wait",
	"race=two klp=hold",
	"race=consistency consistency=immediate way=on",
	"race=consistency consistency=per-task way=on",
	"race=consistency consistency=immediate way=off",
	"race=consistency consistency=per-task way=off",
	"race=consistency consistency=per-task way=back",
	"race=coming klp=wait_locked",
	"race=going klp=wait_locked",
	NULL
};

static const char *const no_rows[] = { NULL };

#define KLP_SCENARIO(_id, _name, _story, _axes, _participants, _rows)		\
	static const struct race_scenario _id = {				\
		.name = _name,							\
		.story = _story,						\
		.axes = _axes,							\
		.nr_axes = ARRAY_SIZE(_axes),					\
		.participants = _participants,					\
		.nr_participants = ARRAY_SIZE(_participants),			\
		.rows = _rows,							\
		.setup = setup,							\
		.prepare = prepare,						\
		.finish = finish,						\
		.undo = undo,							\
		.teardown = teardown,						\
	};									\
	RACE_SCENARIO(_id)

KLP_SCENARIO(klp_scenario, "klp", "a live patch is enabled while a module that it patches comes or goes (2015)",
	     axes, participants, rows);
KLP_SCENARIO(klp_coming, "klp-coming", "klp with race=coming", axes_of_one, participants, no_rows);
KLP_SCENARIO(klp_going, "klp-going", "klp with race=going", axes_of_one, participants, no_rows);
KLP_SCENARIO(klp_two, "klp-two", "klp with race=two", axes_of_one, participants_of_two, no_rows);
KLP_SCENARIO(klp_consistency, "klp-consistency", "klp with race=consistency: b() is called while a patch of it is enabled",
	     axes_of_consistency, participants_of_consistency, no_rows);
