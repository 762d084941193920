// SPDX-License-Identifier: GPL-2.0
/*
 * kallsyms against insmod and rmmod (2005).
 *
 * CPU 1 looks addresses of a module up, over and over, without any lock, as the oops handler would. CPU 0 inserts
 * and removes that module. kallsyms_lookup() walks the list of modules, whose links lie in the modules themselves;
 * if rmmod unlinks and frees the module while the walk is inside it, the walk goes on in memory that is gone.
 *
 * Oracle: a fault of the reader, or an answer that is not the one answer the address ever had.
 */
#include <asm/processor.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/catch.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>
#include <stopgap/unlink_policy.h>
#include <stopgap/vmap.h>

#define TARGET_FILE	"hello.ko"
#define TARGET_MODULE	"hello"
#define TARGET_SYMBOL	"hello_exit"
#define READER_CPU	1

static struct ramdisk_file target_file;
static unsigned long target_addr;	/* what the reader looks up; the driver's, read bare */
static struct task_struct *reader;

static void check_answer(struct race_run *run, const char *name, const char *modname)
{
	if (!name)
		return;
	if (strcmp(name, TARGET_SYMBOL))
		race_hit(run, "wrong name: \"%s\", not " TARGET_SYMBOL, name);
	else if (!modname || strcmp(modname, TARGET_MODULE))
		race_hit(run, "wrong module: \"%s\", not " TARGET_MODULE, modname ? modname : "(kernel)");
}

static void look_up_once(struct race_run *run)
{
	char namebuf[KSYM_NAME_LEN + 1];
	unsigned long size, offset;
	char *modname = NULL;
	const char *name;

	name = kallsyms_lookup(READ_ONCE(target_addr), &size, &offset, &modname, namebuf);
	check_answer(run, name, modname);
}

static void report_fault(struct race_run *run, const struct fault_catch *c)
{
	const char *area = vmap_describe(c->regs.dar);

	race_hit(run, "trap %lx at %pS, address %016lx%s%s%s", c->regs.trap, (void *)c->regs.nip, c->regs.dar,
		 area ? " (" : "", area ? area : "", area ? ")" : "");
}

/* Look up until told to stop. Between two lookups, and only there, the thread may be switched away. */
static int reader_thread(void *data)
{
	struct race_run *run = data;
	struct fault_catch c;

	while (!kthread_should_stop()) {
		if (!catch_fault(&c)) {
			while (!kthread_should_stop()) {
				look_up_once(run);
				cond_resched();
			}
		} else {
			report_fault(run, &c);
		}
		catch_end(&c);
	}
	return 0;
}

static int setup(struct race_run *run)
{
	int err = ramdisk_find(TARGET_FILE, &target_file);

	if (err) {
		cprintf("race: " TARGET_FILE ": not in the ramdisk\n");
		return err;
	}
	if (module_kallsyms_lookup_name(TARGET_MODULE ":" TARGET_SYMBOL)) {
		cprintf("race: " TARGET_MODULE " is loaded; rmmod it first\n");
		return -EEXIST;
	}
	WRITE_ONCE(target_addr, 0);
	reader = kthread_create_on_cpu(reader_thread, run, READER_CPU, "race/reader");
	if (IS_ERR(reader))
		return PTR_ERR(reader);
	wake_up_process(reader);
	return 0;
}

static int round(struct race_run *run)
{
	long err = load_module_image(target_file.data, target_file.size, NULL, NULL);

	if (err)
		return (int)err;
	WRITE_ONCE(target_addr, module_kallsyms_lookup_name(TARGET_MODULE ":" TARGET_SYMBOL));
	return (int)delete_module(TARGET_MODULE);
}

static void teardown(struct race_run *run)
{
	kthread_stop(reader);
}

static const char *policy_get(void)
{
	return unlink_policy_get()->name;
}

static const char *policy_nth(unsigned int i)
{
	return i < (size_t)(__stop_unlink_policies - __start_unlink_policies) ? __start_unlink_policies[i]->name
									       : NULL;
}

static const struct race_scenario kallsyms_scenario = {
	.name = "kallsyms",
	.story = "lock-free symbol lookups walk the module list while rmmod frees it (2005)",
	.policy = "unlink",
	.policy_set = unlink_policy_set,
	.policy_get = policy_get,
	.policy_nth = policy_nth,
	.min_cpus = 2,
	.setup = setup,
	.round = round,
	.teardown = teardown,
};
RACE_SCENARIO(kallsyms_scenario);
