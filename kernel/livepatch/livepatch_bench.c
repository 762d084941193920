// SPDX-License-Identifier: GPL-2.0
/*
 * What live patches cost: to enable one that replaces a hundred functions, to load a module for which three patches
 * wait, and how long loading a module and enabling a patch take under each policy for coming and going modules while
 * another CPU does the other all the time. And a call of a patched function, also while its patch is in transition.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/livepatch.h>
#include <linux/livepatch_sched.h>
#include <linux/sched.h>
#include <stopgap/bench.h>
#include <stopgap/console.h>
#include <stopgap/klp_policy.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/ramdisk.h>

static int load(const char *name, const char *args)
{
	char file[MODULE_NAME_LEN + 3];
	struct ramdisk_file image;

	snprintf(file, sizeof(file), "%s.ko", name);
	if (ramdisk_find(file, &image)) {
		cprintf("bench: %s: not in the ramdisk\n", file);
		return -ENOENT;
	}
	return (int)load_module_image(image.data, image.size, args, NULL);
}

static struct klp_patch *patch_of(const char *name)
{
	char symbol[MODULE_NAME_LEN + 8];

	snprintf(symbol, sizeof(symbol), "%s:patch", name);
	return (struct klp_patch *)module_kallsyms_lookup_name(symbol);
}

static void unload_patch(const char *name)
{
	struct klp_patch *patch = patch_of(name);

	if (patch)
		klp_disable_patch(patch);
	delete_module(name);
}

/* ---- a patch of a hundred functions ---- */

static int setup_crowd(void)
{
	int err = load("livepatch_crowd", NULL) ?: load("livepatch_crowd_patch", NULL);

	return err ?: klp_disable_patch(patch_of("livepatch_crowd_patch"));
}

static void teardown_crowd(void)
{
	unload_patch("livepatch_crowd_patch");
	delete_module("livepatch_crowd");
}

static int switch_crowd(unsigned int iterations)
{
	struct klp_patch *patch = patch_of("livepatch_crowd_patch");
	int err = 0;

	while (iterations-- && !err)
		err = klp_enable_patch(patch) ?: klp_disable_patch(patch);
	return err;
}

static const struct benchmark crowd_bench = {
	.name = "klp enable+disable, 100 functions",
	.iterations = 2,
	.samples = 31,
	.run = switch_crowd,
	.setup = setup_crowd,
	.teardown = teardown_crowd,
};
BENCHMARK(crowd_bench);

/* ---- loading a module that is patched ---- */

static int nothing(void)
{
	return 0;
}

static int load_m(unsigned int iterations)
{
	int err = 0;

	while (iterations-- && !err)
		err = load("livepatch_m", NULL) ?: (int)delete_module("livepatch_m");
	return err;
}

static const struct benchmark bare_bench = {
	.name = "klp insmod+rmmod M, no patch",
	.iterations = 5,
	.samples = 31,
	.run = load_m,
	.setup = nothing,
};
BENCHMARK(bare_bench);

static int setup_patches(void)
{
	return load("livepatch_p1", NULL) ?: load("livepatch_p2", NULL) ?: load("livepatch_p3", NULL);
}

static void teardown_patches(void)
{
	unload_patch("livepatch_p3");
	unload_patch("livepatch_p2");
	unload_patch("livepatch_p1");
}

static const struct benchmark waiting_bench = {
	.name = "klp insmod+rmmod M, 3 patches wait",
	.iterations = 5,
	.samples = 31,
	.run = load_m,
	.setup = setup_patches,
	.teardown = teardown_patches,
};
BENCHMARK(waiting_bench);

/* ---- a call, while each thread has its own answer ---- */

static int call_a(unsigned int iterations)
{
	while (iterations--)
		livepatch_a();
	return 0;
}

static int setup_patched(void)
{
	return load("livepatch_p1", NULL);
}

static void teardown_patched(void)
{
	unload_patch("livepatch_p1");
}

/* As the handler sees it in the middle of a transition: the function is marked, and the caller has been switched. */
static int set_transition(bool transition)
{
	struct klp_patch *patch = patch_of("livepatch_p1");

	if (!patch)
		return -ENOENT;
	current->patch_state = transition ? KLP_PATCHED : KLP_UNDEFINED;
	patch->objs[0].funcs[0].transition = transition;
	return 0;
}

static int setup_transition(void)
{
	return setup_patched() ?: set_transition(true);
}

static void teardown_transition(void)
{
	set_transition(false);
	teardown_patched();
}

static const struct benchmark patched_bench = {
	.name = "klp call",
	.iterations = 1000,
	.samples = 31,
	.run = call_a,
	.setup = setup_patched,
	.teardown = teardown_patched,
};
BENCHMARK(patched_bench);

static const struct benchmark transition_bench = {
	.name = "klp call, in transition",
	.iterations = 1000,
	.samples = 31,
	.run = call_a,
	.setup = setup_transition,
	.teardown = teardown_transition,
};
BENCHMARK(transition_bench);

/* ---- loading and patching against each other, under each policy ---- */

static struct task_struct *opponent;
static const char *old_policy;

/* Registered and enabled, and both undone. A refusal counts: it is what the policy answers. */
static int patch_p3(unsigned int iterations)
{
	struct klp_patch *patch = patch_of("livepatch_p3");
	int err;

	while (iterations--) {
		err = klp_register_patch(patch);
		if (err)
			continue;
		if (!klp_enable_patch(patch))
			klp_disable_patch(patch);
		klp_unregister_patch(patch);
	}
	return 0;
}

static int opponent_thread(void *act)
{
	int (*run)(unsigned int iterations) = act;

	while (!kthread_should_stop()) {
		run(1);
		cond_resched();
	}
	return 0;
}

static int setup_policy(const char *policy, int (*against)(unsigned int iterations))
{
	int err;

	old_policy = klp_policy_get()->name;
	err = klp_policy_set(policy) ?: load("livepatch_p1", NULL) ?: load("livepatch_p2", NULL) ?:
	      load("livepatch_p3", "start=0");
	if (err)
		return err;
	opponent = kthread_create_on_cpu(opponent_thread, against, num_online_cpus() - 1, "bench/%u");
	if (IS_ERR(opponent))
		return PTR_ERR(opponent);
	wake_up_process(opponent);
	return 0;
}

static void teardown_policy(void)
{
	kthread_stop(opponent);
	teardown_patches();
	klp_policy_set(old_policy);
}

#define POLICY_BENCH(policy)								\
	static int setup_load_##policy(void)						\
	{										\
		return setup_policy(#policy, patch_p3);					\
	}										\
	static int setup_patch_##policy(void)						\
	{										\
		return setup_policy(#policy, load_m);					\
	}										\
	static const struct benchmark load_##policy = {					\
		.name = "klp=" #policy " insmod+rmmod M",				\
		.iterations = 2,							\
		.samples = 31,								\
		.run = load_m,								\
		.setup = setup_load_##policy,						\
		.teardown = teardown_policy,						\
	};										\
	BENCHMARK(load_##policy);							\
	static const struct benchmark patch_##policy = {				\
		.name = "klp=" #policy " enable+disable P3",				\
		.iterations = 2,							\
		.samples = 31,								\
		.run = patch_p3,							\
		.setup = setup_patch_##policy,						\
		.teardown = teardown_policy,						\
	};										\
	BENCHMARK(patch_##policy)

POLICY_BENCH(alive);
POLICY_BENCH(reject);
POLICY_BENCH(wait);
POLICY_BENCH(hold);
POLICY_BENCH(state);
