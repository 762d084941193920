// SPDX-License-Identifier: GPL-2.0
/* The shell's "kprobe": set probes, list all there are, take one's own away. Hits are printed by hits.c. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/shell.h>

#include "internal.h"
#include "kprobe_cmd.h"

#define DEFAULT_LIMIT	10
#define PRINT_INTERVAL	(HZ / 20)

static LIST_HEAD(shell_probes);
static DEFINE_MUTEX(cmd_mutex);		/* the list, and who prints */
static struct task_struct *printer;	/* runs while there are probes */

static int printer_thread(void *unused)
{
	while (!kthread_should_stop()) {
		mutex_lock(&cmd_mutex);
		print_hits();
		mutex_unlock(&cmd_mutex);
		schedule_timeout_interruptible(PRINT_INTERVAL);
	}
	return 0;
}

static int start_printer(void)
{
	struct task_struct *t;

	if (printer)
		return 0;
	t = kthread_run(printer_thread, NULL, "kprobe");
	if (IS_ERR(t))
		return PTR_ERR(t);
	printer = t;
	return 0;
}

/* If it has nothing to print any more. Context: cmd_mutex not held. */
static void stop_printer(void)
{
	struct task_struct *t = NULL;

	mutex_lock(&cmd_mutex);
	if (list_empty(&shell_probes))
		swap(t, printer);
	mutex_unlock(&cmd_mutex);
	if (t)
		kthread_stop(t);
}

/* ---- add ---- */

/* Read @word, "name", "name+offset" or "0xaddress", into @p; the name is @word, cut. */
static int parse_place(char *word, struct kprobe *p)
{
	char *plus = strchr(word, '+');
	unsigned long addr;

	if (plus) {
		*plus = '\0';
		if (kstrtouint(plus + 1, 0, &p->offset))
			return -EINVAL;
	}
	if (strncmp(word, "0x", 2)) {
		p->symbol_name = word;
		return *word ? 0 : -EINVAL;
	}
	if (kstrtoul(word, 16, &addr) || !addr)
		return -EINVAL;
	p->addr = (kprobe_opcode_t *)addr;
	return 0;
}

static int register_shell_probe(struct shell_probe *s)
{
	int err;

	if (!s->is_return) {
		s->rp.kp.pre_handler = note_hit;
		err = register_kprobe(&s->rp.kp);
	} else {
		s->rp.entry_handler = note_entry;
		s->rp.handler = note_return;
		s->rp.data_size = NOTE_SIZE;
		err = register_kretprobe(&s->rp);
	}
	return err;
}

static int add_probe(struct shell_probe *s, char *word)
{
	int err = parse_place(word, &s->rp.kp);

	if (err) {
		cprintf("kprobe: give SYMBOL, MODULE:SYMBOL, either with +OFFSET, or 0xADDRESS\n");
		return err;
	}
	err = start_printer() ?: register_shell_probe(s);
	s->rp.kp.symbol_name = NULL;
	if (err == -ENOENT)
		cprintf("kprobe: %s: no such symbol, or its module is going\n", s->name);
	else if (err)
		cprintf("kprobe: %s: %pe%s\n", s->name, ERR_PTR(err),
			s->is_return && err == -EINVAL ? " (is it the entry of a function?)" : "");
	return err;
}

static struct shell_probe *new_probe(const char *name)
{
	struct shell_probe *s = kzalloc(sizeof(*s) + strlen(name) + 1, GFP_KERNEL);

	if (!s)
		return NULL;
	strcpy(s->name, name);
	s->limit = DEFAULT_LIMIT;
	return s;
}

/* An option of "kprobe add". Return: false if @arg is none. */
static bool parse_option(struct shell_probe *s, const char *arg)
{
	if (!strcmp(arg, "-r"))
		s->is_return = true;
	else if (!strcmp(arg, "-v"))
		s->verbose = true;
	else
		return !strncmp(arg, "n=", 2) && !kstrtouint(arg + 2, 0, &s->limit);
	return true;
}

static int cmd_add(int argc, char **argv)
{
	struct shell_probe *s;
	int i, err = -EINVAL;

	if (argc < 1) {
		cprintf("kprobe: add what?\n");
		return -EINVAL;
	}
	s = new_probe(argv[argc - 1]);
	if (!s)
		return -ENOMEM;
	for (i = 0; i < argc - 1; i++) {
		if (parse_option(s, argv[i]))
			continue;
		cprintf("kprobe: %s: not one of -r, -v, n=HITS\n", argv[i]);
		goto out_free;
	}
	mutex_lock(&cmd_mutex);
	err = add_probe(s, argv[argc - 1]);
	if (!err)
		list_add_tail(&s->list, &shell_probes);
	mutex_unlock(&cmd_mutex);
	if (!err)
		return 0;
	stop_printer();
out_free:
	kfree(s);
	return err;
}

/* ---- list ---- */

static const struct shell_probe *find_shell_probe(const struct kprobe *p)
{
	const struct shell_probe *s;

	list_for_each_entry(s, &shell_probes, list)
		if (&s->rp.kp == p)
			return s;
	return NULL;
}

static const char *state_of(const struct kprobe *p)
{
	if (kprobe_gone(p))
		return "[GONE]";
	return kprobe_disabled(p) ? "[DISABLED]" : "";
}

static void list_one(struct kprobe *p, void *count)
{
	const struct shell_probe *s = find_shell_probe(p);

	cprintf("%016lx  %c  %pS  missed %lu", (unsigned long)p->addr, kprobe_is_return(p) ? 'r' : 'k',
		(void *)p->addr, p->nmissed);
	if (kprobe_is_return(p))
		cprintf("+%d", container_of(p, struct kretprobe, kp)->nmissed);
	if (s)
		cprintf("  hits %u  \"%s\"", READ_ONCE(s->hits), s->name);
	cprintf("  %s\n", state_of(p));
	++*(unsigned int *)count;
}

static int cmd_list(int argc, char **argv)
{
	int err = kv_parse("kprobe", argc, argv, NULL, 0);
	unsigned int count = 0;

	if (err)
		return err;
	mutex_lock(&cmd_mutex);
	print_hits();
	mutex_lock(&kprobe_mutex);
	kprobe_for_each(list_one, &count);
	mutex_unlock(&kprobe_mutex);
	mutex_unlock(&cmd_mutex);
	cprintf("%u probes\n", count);
	return 0;
}

/* ---- del ---- */

static void delete(struct shell_probe *s)
{
	if (s->is_return)
		unregister_kretprobe(&s->rp);
	else
		unregister_kprobe(&s->rp.kp);
	print_hits();
	cprintf("kprobe: %s: %u hits, %lu missed\n", s->name, s->hits, s->rp.kp.nmissed + s->rp.nmissed);
	list_del(&s->list);
	kfree(s);
}

static int cmd_del(int argc, char **argv)
{
	struct shell_probe *s, *next;
	unsigned int n = 0;
	bool all;

	if (argc != 1) {
		cprintf("kprobe: delete which, or all?\n");
		return -EINVAL;
	}
	all = !strcmp(argv[0], "all");
	mutex_lock(&cmd_mutex);
	list_for_each_entry_safe(s, next, &shell_probes, list) {
		if (!all && strcmp(s->name, argv[0]))
			continue;
		delete(s);
		n++;
	}
	mutex_unlock(&cmd_mutex);
	stop_printer();
	if (n || all)
		return 0;
	cprintf("kprobe: %s: not one of those that \"kprobe add\" has set\n", argv[0]);
	return -ENOENT;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "add", cmd_add },
	{ "list", cmd_list },
	{ "del", cmd_del },
};

static int kprobe_run(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; argc > 1 && i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].run(argc - 2, argv + 2);
	cprintf("kprobe: add, list or del?\n");
	return -EINVAL;
}

static const char *kprobe_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i].name, word, strlen(word)) && n-- == 0)
			return verbs[i].name;
	return NULL;
}

SHELL_COMMAND(kprobe, kprobe_run, kprobe_complete,
	      "add [-r] [-v] [n=HITS] [MODULE:]SYMBOL[+OFFSET]|0xADDRESS | list | del NAME|all",
	      "print registers and arguments whenever an instruction is reached, or what a function returns");
