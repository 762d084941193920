// SPDX-License-Identifier: GPL-2.0
/*
 * The shell's "callstress": on every CPU a thread that opens, reads and closes, in the world of 2000 and with memory
 * short, while another loads and unloads the modules that are opened. They are correct ones, so in the end all use
 * counts are 0, no memory is lost, and the check of use counts has had nothing to say.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>
#include <stopgap/reclaim.h>
#include <stopgap/service.h>
#include <stopgap/shell.h>
#include <stopgap/usecount.h>

#define QUIET_LOGLEVEL	3

static const char *const names[] = { "foo_right", "foo_rw", "inet6" };
static struct ramdisk_file images[ARRAY_SIZE(names)];

/**
 * struct caller - a thread that opens, reads and closes
 * @task: it
 * @opened: how often an open succeeded
 * @missed: how often it did not
 */
struct caller {
	struct task_struct *task;
	unsigned long opened, missed;
};

static long open_nth(unsigned long n)
{
	switch (n % 3) {
	case 0:
		return sys_open("foo", O_RDWR);
	case 1:
		return sys_open("rw", O_RDWR);
	default:
		return sys_socket(AF_INET6, SOCK_STREAM, 0);
	}
}

static int call_on_and_on(void *data)
{
	struct caller *c = data;
	char buf[16];
	long fd;

	while (!kthread_should_stop()) {
		fd = open_nth(c->opened + c->missed);
		if (fd < 0) {
			c->missed++;
		} else {
			c->opened++;
			sys_read((unsigned int)fd, buf, sizeof(buf));
			sys_close((unsigned int)fd);
		}
		cond_resched();
	}
	return 0;
}

static int find_images(void)
{
	char file[32];

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(file, sizeof(file), "%s.ko", names[i]);
		if (!ramdisk_find(file, &images[i]))
			continue;
		cprintf("callstress: %s: not in the ramdisk\n", file);
		return -ENOENT;
	}
	return 0;
}

/* Load what is not loaded, and unload what is not in use, for @secs. Return: how often one was unloaded. */
static unsigned long come_and_go(unsigned int secs)
{
	unsigned long end = jiffies + secs * HZ, unloaded = 0;

	for (unsigned int i = 0; time_before(jiffies, end) && !shell_interrupted(); i++) {
		const struct ramdisk_file *image = &images[i % ARRAY_SIZE(names)];

		load_module_image(image->data, image->size, NULL, NULL);
		cond_resched();
		unloaded += !delete_module(names[i % ARRAY_SIZE(names)]);
	}
	return unloaded;
}

static int start_callers(struct caller *callers)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create_on_cpu(call_on_and_on, &callers[cpu], cpu, "caller/%u");

		if (IS_ERR(t))
			return PTR_ERR(t);
		callers[cpu].task = t;
		wake_up_process(t);
	}
	return 0;
}

static void stop_callers(struct caller *callers, unsigned long *opened, unsigned long *missed)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (callers[cpu].task)
			kthread_stop(callers[cpu].task);
		*opened += callers[cpu].opened;
		*missed += callers[cpu].missed;
	}
}

/* Whatever is still loaded must go: nobody uses it. Return: how many did not. */
static unsigned int unload_all(void)
{
	unsigned int kept = 0;
	long err;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		err = delete_module(names[i]);
		kept += err && err != -ENOENT;
	}
	return kept;
}

static int stress(unsigned int secs)
{
	static struct caller callers[NR_CPUS];
	unsigned long opened = 0, missed = 0, unloaded = 0;
	unsigned int reports = usecount_reports(), kept;
	struct mm_stat before, after;
	int err;

	memset(callers, 0, sizeof(callers));
	mm_stat(&before);
	err = start_callers(callers);
	if (!err)
		unloaded = come_and_go(secs);
	stop_callers(callers, &opened, &missed);
	kept = unload_all();
	mm_stat(&after);
	reports = usecount_reports() - reports;
	cprintf("callstress: %lu opened, %lu not there, %lu unloaded; %u still in use, %ld objects lost, %u reports\n",
		opened, missed, unloaded, kept, (long)(after.kmalloc_objects - before.kmalloc_objects), reports);
	return err ?: kept || reports || after.kmalloc_objects != before.kmalloc_objects ? -EFAULT : 0;
}

static int callstress_command(int argc, char **argv)
{
	static const struct reclaim_config short_of_memory = { .every = 3 };
	const struct reclaim_config before = reclaim_config;
	int loglevel = console_loglevel, err;
	unsigned int secs = 10;
	const struct kv table[] = { { "secs", KV_UINT, &secs } };

	err = kv_parse("callstress", argc - 1, argv + 1, table, ARRAY_SIZE(table)) ?: find_images();
	if (err)
		return err;
	service_set_era("2000");
	socket_service.lock = &service_lock_bkl;
	err = reclaim_set(&short_of_memory);
	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	if (!err)
		err = stress(secs);
	console_loglevel = loglevel;
	reclaim_set(&before);
	service_set_era("2003");
	return err;
}
SHELL_COMMAND_ALONE(callstress, callstress_command, NULL, "[secs=N]",
	      "call modules by name on all CPUs while they are loaded and unloaded");
