// SPDX-License-Identifier: GPL-2.0
/*
 * "race matrix export": which module gets to a function that is exported to nobody, under which
 * claim of a licence, with the back door open or shut, and by which way. Each line is one real load
 * of a module of modules/exports/, its claim changed in the file where it is not the module's own.
 */
#include <linux/console.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/backdoor.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/reach.h>
#include <stopgap/shell.h>
#include "export.h"

#define MARK	"race matrix export: next"

static const char *const modules_tried[] = {
	"vendor_honest", "vendor_liar", "scan_pS", "kprobe_addr", "livepatch_user", "ksplice_like",
};

static const char *const claims[] = { "GPL", "Proprietary" };

/**
 * struct attempt - one load of a module, and what came of it
 * @module: its name
 * @claim: the licence it claims
 * @own: that is its own claim
 * @door: position of kallsyms.export
 * @err: of loading it
 * @message: why it was refused
 * @reach: what it left behind if it was not
 */
struct attempt {
	const char *module;
	const char *claim;
	bool own;
	const char *door;
	int err;
	char message[128];
	struct reach reach;
};

/* ---- one attempt ---- */

/* The first thing said about the module since the mark; that it taints the kernel is no reason. */
static void find_message(void *arg, const char *line)
{
	struct attempt *a = arg;
	const char *text = strstr(line, "] ");
	size_t len = strlen(a->module);

	text = text ? text + 2 : line;
	if (!strcmp(text, MARK))
		a->message[0] = '\0';
	if (a->message[0] || strncmp(text, a->module, len) || text[len] != ':' ||
	    strstr(text, "taint"))
		return;
	strscpy(a->message, text + len + 2, sizeof(a->message));
}

/* Look into the module for what it has found; and check that, as it is only a module's word. */
static void find_reach(struct attempt *a)
{
	char name[MODULE_NAME_LEN + sizeof(":reach")];
	const struct reach *reach;

	snprintf(name, sizeof(name), "%s:reach", a->module);
	reach = (const struct reach *)module_kallsyms_lookup_name(name);
	if (reach && reach->addr == kallsyms_lookup_name(REACH_TARGET))
		a->reach = *reach;
}

/* Load it and unload it. The reason for a refusal goes into @a, not onto the console. */
static int load_quietly(struct attempt *a, const void *image, size_t size)
{
	int loglevel = console_loglevel, err = 0;

	console_loglevel = min(loglevel, LOGLEVEL_ERR);
	printk(KERN_DEBUG MARK "\n");
	a->err = (int)load_module_image(image, size, NULL, NULL);
	if (!a->err) {
		find_reach(a);
		err = (int)delete_module(a->module);
	}
	console_loglevel = loglevel;
	if (a->err)
		dmesg_for_each(find_message, a);
	return err;
}

static int try_module(struct attempt *a)
{
	const char *before = backdoor_get();
	struct ramdisk_file file;
	char name[MODULE_NAME_LEN + sizeof(".ko")];
	size_t size;
	void *image;
	int err;

	snprintf(name, sizeof(name), "%s.ko", a->module);
	err = ramdisk_find(name, &file);
	if (err) {
		cprintf("race: %s: not in the ramdisk\n", name);
		return err;
	}
	a->own = export_claims(&file, a->claim);
	image = export_claim(&file, a->claim, &size);
	if (IS_ERR(image))
		return PTR_ERR(image);
	backdoor_set(a->door);
	err = load_quietly(a, image, size);
	backdoor_set(before);
	vfree(image);
	return err;
}

/* ---- the table ---- */

static void print_title(void)
{
	cprintf("target: " REACH_TARGET ", which is not exported; *: the module's own claim\n");
	cprintf("%-15s %-13s %-6s %s\n", "module", "claims", "export", "outcome");
}

static void print_attempt(const struct attempt *a)
{
	cprintf("%-15s %s%-*s %-6s ", a->module, a->claim, (int)(13 - strlen(a->claim)),
		a->own ? "*" : "", a->door);
	if (a->err && strstr(a->message, "(err"))
		cprintf("refused: %s\n", a->message);
	else if (a->err)
		cprintf("refused: %s (err %d)\n", a->message, a->err);
	else if (a->reach.way[0])
		cprintf("reaches it by %s: %lu call%s, %llu us\n", a->reach.way, a->reach.calls,
			a->reach.calls == 1 ? "" : "s", a->reach.ns / 1000);
	else
		cprintf("loads, but does not reach it\n");
}

static void print_json(const struct attempt *a)
{
	cprintf("{\"module\": \"%s\", \"claim\": \"%s\", \"own\": %s, \"export\": \"%s\", ",
		a->module, a->claim, a->own ? "true" : "false", a->door);
	if (a->err)
		cprintf("\"outcome\": \"refused\", \"err\": %d, \"message\": \"%s\"}", a->err,
			a->message);
	else if (a->reach.way[0])
		cprintf("\"outcome\": \"reaches\", \"way\": \"%s\", \"addr\": \"%lx\", "
			"\"calls\": %lu, \"ns\": %llu}",
			a->reach.way, a->reach.addr, a->reach.calls, a->reach.ns);
	else
		cprintf("\"outcome\": \"loads\"}");
}

static int try_and_print(struct attempt *a, bool json, bool first)
{
	int err = try_module(a);

	if (err)
		return err;
	if (json)
		cprintf(first ? "\n" : ",\n");
	(json ? print_json : print_attempt)(a);
	return shell_interrupted() ? -EINTR : 0;
}

static int run_attempts(bool json)
{
	const unsigned int per_module = ARRAY_SIZE(claims) * 2;
	int err = 0;

	for (unsigned int i = 0; !err && i < ARRAY_SIZE(modules_tried) * per_module; i++) {
		struct attempt a = {
			.module = modules_tried[i / per_module],
			.claim = claims[i / 2 % ARRAY_SIZE(claims)],
			.door = backdoor_nth(i % 2),
		};

		err = try_and_print(&a, json, !i);
	}
	return err;
}

static int export_table(bool json)
{
	int err;

	if (json)
		cprintf("{\"target\": \"" REACH_TARGET "\", \"attempts\": [");
	else
		print_title();
	err = run_attempts(json);
	if (json)
		cprintf("\n]}\n");
	return err;
}

static const struct race_table export_race_table = {
	.name = "export",
	.story = "who gets to a function that is not exported, and by which way (2020)",
	.run = export_table,
};
RACE_TABLE(export_race_table);
