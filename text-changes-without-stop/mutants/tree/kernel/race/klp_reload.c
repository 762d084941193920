// SPDX-License-Identifier: GPL-2.0
/*
 * Module M of the livepatch lesson comes and goes on one CPU, under three patches, while all others call its b(): each
 * time the answer is that of the newest patch, or that M is not there.
 *
 * Nothing is wrong here that has to be found. It is the wear test: no wrong answer, and "mem" before and after agree.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>

#define NEWEST	33	/* b3() has called a3() */

static const char *const patches[] = { "livepatch_p1", "livepatch_p2", "livepatch_p3" };
static struct ramdisk_file m;

static int load_patch(const char *name)
{
	char file[MODULE_NAME_LEN + 3];
	struct ramdisk_file image;

	snprintf(file, sizeof(file), "%s.ko", name);
	if (ramdisk_find(file, &image)) {
		cprintf("race: %s: not in the ramdisk\n", file);
		return -ENOENT;
	}
	return (int)load_module_image(image.data, image.size, NULL, NULL);
}

static void unload_patch(const char *name)
{
	char symbol[MODULE_NAME_LEN + 8];
	struct klp_patch *patch;

	snprintf(symbol, sizeof(symbol), "%s:patch", name);
	patch = (struct klp_patch *)module_kallsyms_lookup_name(symbol);
	if (patch)
		klp_disable_patch(patch);
	delete_module(name);
}

/* The newest first, as it has to be disabled first. */
static void teardown(struct race_run *run)
{
	for (int i = ARRAY_SIZE(patches) - 1; i >= 0; i--)
		unload_patch(patches[i]);
}

static int setup(struct race_run *run)
{
	int err = ramdisk_find("livepatch_m.ko", &m) ? -ENOENT : 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(patches) && !err; i++)
		err = load_patch(patches[i]);
	if (err)
		teardown(run);
	return err;
}

static int prepare(struct race_run *run)
{
	return 0;
}

static void judge(struct race_run *run, int answer)
{
	if (answer != NEWEST)
		race_hit(run, "b() answers %d, not %d", answer, NEWEST);
}

static int reload(struct race_run *run)
{
	int err = (int)load_module_image(m.data, m.size, NULL, NULL);

	if (err)
		return err;
	judge(run, livepatch_call());
	return (int)delete_module("livepatch_m");
}

static int call(struct race_run *run)
{
	int answer = livepatch_call();

	if (answer != -ENODEV)
		judge(run, answer);
	return 0;
}

static const struct race_participant participants[] = {
	{ "insmod and rmmod M", reload },
	{ "calls b()", call },
	{ "calls b()", call },
	{ "calls b()", call },
};

static const char *const no_rows[] = { NULL };

static const struct race_scenario klp_reload = {
	.name = "klp-reload",
	.story = "a module under three live patches comes and goes, and three CPUs call it",
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.rows = no_rows,
	.setup = setup,
	.prepare = prepare,
	.teardown = teardown,
};
RACE_SCENARIO(klp_reload);
