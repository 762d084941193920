// SPDX-License-Identifier: GPL-2.0
/* The policies that keep a module loaded while it is called by name: see <stopgap/service.h>. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/smp_lock.h>
#include <linux/string.h>
#include <stopgap/service.h>

static void take_nothing(void)
{
}

static bool trust_the_module(struct module *mod)
{
	return true;
}

static void nothing_to_put(struct module *mod)
{
}

/* As open and statfs were called in 2000, and what sock_create() was then asked to do. */
const struct service_lock service_lock_bkl = { "bkl", lock_kernel, unlock_kernel };
const struct service_lock service_lock_none = { "none", take_nothing, take_nothing };

/* The module counts: MOD_INC_USE_COUNT. */
const struct service_get service_get_mod_inc = { "mod_inc", false, trust_the_module, nothing_to_put };
/* The caller counts, before the module runs: from 2003 on. */
const struct service_get service_get_owner = { "owner", true, try_module_get, module_put };

const struct service_lock *module_service_lock = &service_lock_none;

static const struct service_lock *const locks[] = { &service_lock_bkl, &service_lock_none };
static const struct service_get *const gets[] = { &service_get_mod_inc, &service_get_owner };

const struct service_lock *service_lock_find(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(locks); i++)
		if (!strcmp(locks[i]->name, name))
			return locks[i];
	return NULL;
}

const struct service_get *service_get_find(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(gets); i++)
		if (!strcmp(gets[i]->name, name))
			return gets[i];
	return NULL;
}

struct service *service_find(const char *name)
{
	for (struct service *const *s = __start_services; s < __stop_services; s++)
		if (!strcmp((*s)->name, name))
			return *s;
	return NULL;
}

void service_enter(struct service *service, struct service_call *call)
{
	*call = (struct service_call){
		.service = service,
		.lock = READ_ONCE(service->lock),
		.get = READ_ONCE(service->get),
		.outer = current->service_call,
	};
	current->service_call = call;
	call->lock->enter();
}

void service_leave(struct service_call *call)
{
	call->lock->leave();
	current->service_call = call->outer;
}

void service_abandon_calls(void)
{
	current->service_call = NULL;
	abandon_kernel_lock();
}
