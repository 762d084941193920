// SPDX-License-Identifier: GPL-2.0
/*
 * Eras, as policies of all services at once: boot parameter era=, shell commands "era" and "service".
 *
 * In 2000 files and file systems were opened under the big kernel lock, as modules were loaded and unloaded, and
 * modules counted their own users; sockets were created without that lock. From 2003 on the caller counts, before it
 * calls, and no lock is needed.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/service.h>
#include <stopgap/shell.h>

/**
 * struct era - how things were done
 * @name: the year it began
 * @what: for a person
 * @module_lock: what modules are loaded and unloaded under
 * @get: who counts
 * @locks_2000: services have their locks of 2000, else none
 */
static const struct era {
	const char *name;
	const char *what;
	const struct service_lock *module_lock;
	const struct service_get *get;
	bool locks_2000;
} eras[] = {
	{ "2000", "the big kernel lock, and modules that count their users", &service_lock_bkl,
	  &service_get_mod_inc, true },
	{ "2003", "try_module_get() before the call, no lock", &service_lock_none, &service_get_owner, false },
};

int service_set_era(const char *name)
{
	const struct era *era;

	for (era = eras; era < eras + ARRAY_SIZE(eras); era++)
		if (!strcmp(era->name, name))
			break;
	if (era == eras + ARRAY_SIZE(eras))
		return -EINVAL;
	WRITE_ONCE(module_service_lock, era->module_lock);
	for (struct service *const *s = __start_services; s < __stop_services; s++) {
		WRITE_ONCE((*s)->lock, era->locks_2000 ? (*s)->lock_2000 : &service_lock_none);
		WRITE_ONCE((*s)->get, era->get);
	}
	return 0;
}

static int param_set_era(const char *val, const struct kernel_param *kp)
{
	return service_set_era(val);
}

static int param_get_era(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", module_service_lock == &service_lock_bkl ? "2000" : "2003");
}

static const struct kernel_param_ops era_ops = {
	.set = param_set_era,
	.get = param_get_era,
};
core_param_cb(era, &era_ops, NULL, 0444);

static void print_services(void)
{
	cprintf("%-8s  %-5s  %s\n", "service", "lock", "get");
	for (struct service *const *s = __start_services; s < __stop_services; s++)
		cprintf("%-8s  %-5s  %s\n", (*s)->name, (*s)->lock->name, (*s)->get->name);
	cprintf("%-8s  %s\n", "modules", module_service_lock->name);
}

static int era_command(int argc, char **argv)
{
	if (argc > 1 && service_set_era(argv[1])) {
		cprintf("era: %s: not one of:\n", argv[1]);
		for (unsigned int i = 0; i < ARRAY_SIZE(eras); i++)
			cprintf("  %s  %s\n", eras[i].name, eras[i].what);
		return -EINVAL;
	}
	print_services();
	return 0;
}

static const char *era_complete(int argc, const char *word, int n)
{
	for (unsigned int i = 0; argc == 2 && i < ARRAY_SIZE(eras); i++)
		if (strstarts(eras[i].name, word) && n-- == 0)
			return eras[i].name;
	return NULL;
}
SHELL_COMMAND(era, era_command, era_complete, "[2000|2003]",
	      "what protects modules that are called by name: show it, or choose a time");

static int complain(const char *what, const char *value)
{
	cprintf("service: %s: no such %s\n", value, what);
	return -EINVAL;
}

static int service_command(int argc, char **argv)
{
	const char *lock = NULL, *get = NULL;
	const struct kv table[] = { { "lock", KV_STRING, &lock }, { "get", KV_STRING, &get } };
	struct service *s;
	int err;

	if (argc == 1) {
		print_services();
		return 0;
	}
	s = service_find(argv[1]);
	if (!s)
		return complain("service", argv[1]);
	err = kv_parse("service", argc - 2, argv + 2, table, ARRAY_SIZE(table));
	if (err)
		return err;
	if (lock && !service_lock_find(lock))
		return complain("lock", lock);
	if (get && !service_get_find(get))
		return complain("way of counting", get);
	if (lock)
		WRITE_ONCE(s->lock, service_lock_find(lock));
	if (get)
		WRITE_ONCE(s->get, service_get_find(get));
	print_services();
	return 0;
}
SHELL_COMMAND(service, service_command, NULL, "[NAME [lock=bkl|none] [get=mod_inc|owner]]",
	      "what protects modules that one service calls by name");
