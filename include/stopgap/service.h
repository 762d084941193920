/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Services: what modules register with, and others reach by name. The name leads to a function of a module that
 * nobody may be using, so something has to keep the module loaded from the lookup on. What does is two policies of
 * each service: a lock that is held during the call, and who counts the use.
 */
#ifndef _STOPGAP_SERVICE_H
#define _STOPGAP_SERVICE_H

#include <linux/types.h>

struct module;

/**
 * struct service_lock - what is held while a module is looked up by name and called
 * @name: as typed
 * @enter: take it
 * @leave: let go
 */
struct service_lock {
	const char *name;
	void (*enter)(void);
	void (*leave)(void);
};

/**
 * struct service_get - who counts a use of the module
 * @name: as typed
 * @holds: from get() to put() the module stays, whatever it does itself
 * @get: count one, under the lock of the table in which the module was found; false: it is going, there is no such name
 * @put: the use is over, and nothing of the module runs any more
 */
struct service_get {
	const char *name;
	bool holds;
	bool (*get)(struct module *mod);
	void (*put)(struct module *mod);
};

/**
 * struct service - one kind of name
 * @name: of the service
 * @lock_2000: its lock as Linux had it then
 * @lock: policy
 * @get: policy
 */
struct service {
	const char *name;
	const struct service_lock *lock_2000;
	const struct service_lock *lock;
	const struct service_get *get;
};

#define SERVICE(_name, _lock_2000) \
	struct service _name##_service = { \
		.name = #_name, .lock_2000 = (_lock_2000), .lock = &service_lock_none, .get = &service_get_owner, \
	}; \
	static struct service *const __service_##_name __used __section(".services") = &_name##_service

extern struct service *const __start_services[], *const __stop_services[];

extern const struct service_lock service_lock_bkl, service_lock_none;
extern const struct service_get service_get_mod_inc, service_get_owner;

extern struct service chrdev_service, close_service, fs_service, socket_service;

/* What init_module and delete_module run under. */
extern const struct service_lock *module_service_lock;

/**
 * struct service_call - a call of a module by name that is under way
 * @service: through which
 * @lock: what is held
 * @get: who counts
 * @outer: the one it is inside
 * @token: the caller has a token: it was called by name before
 * @module: the module called, once it is, to the check of use counts (stopgap/usecount.h)
 * @fn: its function
 * @raised: what the thread has changed the module's use count by since
 */
struct service_call {
	struct service *service;
	const struct service_lock *lock;
	const struct service_get *get;
	struct service_call *outer;
	bool token;
	struct module *module;
	unsigned long fn;
	int raised;
};

/*
 * Around the lookup of a name and the call. The policies are those of the moment of service_enter(). Context: thread.
 */
void service_enter(struct service *service, struct service_call *call);
void service_leave(struct service_call *call);

/*
 * Choose the policies of all services, and the loader's lock, as they were in an era: "2000", "2003". Context: any.
 * Return: 0, or -EINVAL.
 */
int service_set_era(const char *name);

/*
 * A thread was torn out of calls by name: give up what they held. Context: thread, in none of them.
 */
void service_abandon_calls(void);

/* Find a policy, or a service. Return: NULL if there is none of that name. */
const struct service_lock *service_lock_find(const char *name);
const struct service_get *service_get_find(const char *name);
struct service *service_find(const char *name);

#endif
