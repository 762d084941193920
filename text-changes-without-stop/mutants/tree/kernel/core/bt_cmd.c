// SPDX-License-Identifier: GPL-2.0
/* The shell's "bt": the stack of a thread. */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <stopgap/console.h>
#include <stopgap/oops.h>
#include <stopgap/shell.h>

static int bt_command(int argc, char **argv)
{
	struct task_struct *p;
	int pid, err = 0;

	if (argc == 1) {
		dump_stack();
		return 0;
	}
	if (argc != 2 || kstrtoint(argv[1], 0, &pid)) {
		cprintf("bt: give one pid, as \"ps\" shows them\n");
		return -EINVAL;
	}
	p = find_get_task_by_pid(pid);
	if (!p) {
		cprintf("bt: %d: no such thread\n", pid);
		return -ESRCH;
	}
	if (p != current && READ_ONCE(p->on_cpu)) {
		cprintf("bt: %d (%s) is running on CPU %u; its stack changes under our eyes\n", pid, p->comm, p->cpu);
		err = -EBUSY;
	} else {
		show_stack(p);
	}
	put_task_struct(p);
	return err;
}

SHELL_COMMAND(bt, bt_command, NULL, "[PID]", "print the call trace of a thread, or of this one");
