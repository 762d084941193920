/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Between the files of livepatching.
 *
 * klp_mutex protects the list of patches and all that struct klp_patch and what hangs on it hold. It is taken by
 * whoever registers or enables a patch, and by the handler of coming and going modules, which runs under the mutex of
 * the notifier chain: chain -> klp_mutex -> module_mutex.
 */
#ifndef _LIVEPATCH_INTERNAL_H
#define _LIVEPATCH_INTERNAL_H

#include <linux/livepatch.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <stopgap/klp_consistency.h>
#include <stopgap/klp_policy.h>

extern struct mutex klp_mutex;
extern struct list_head klp_patches;

static inline bool klp_is_module(const struct klp_object *obj)
{
	return obj->name;
}

static inline bool klp_is_object_loaded(const struct klp_object *obj)
{
	return !klp_is_module(obj) || obj->mod;
}

/* "vmlinux", or the module's name. */
static inline const char *klp_object_name(const struct klp_object *obj)
{
	return obj->name ?: "vmlinux";
}

/* core.c. Context: klp_mutex held. */
bool klp_is_registered(const struct klp_patch *patch);
/* All objects that are loaded, or none. Return: 0 or an errno. Context: may sleep. */
int klp_enable_objects(struct klp_patch *patch);
void klp_disable_objects(struct klp_patch *patch);
/* A patch has been disabled, and nobody is in it: its module may go. */
void klp_put_patch(const struct klp_patch *patch);

/* check.c: is this a patch at all? Return: 0, or -EINVAL after a message. Context: any. */
int klp_check_patch(const struct klp_patch *patch);

/* object.c. Context: klp_mutex held; may sleep. */
int klp_init_object_loaded(struct klp_patch *patch, struct klp_object *obj);
void klp_forget_object(struct klp_object *obj);
int klp_enable_object(struct klp_object *obj);
void klp_disable_object(struct klp_object *obj);

/**
 * struct klp_ops - a function that is replaced, while it is
 * @node: in the table that the handler looks sites up in
 * @site: the nop at its entry
 * @armed: which is a call at the moment
 * @func_stack: struct klp_func: its replacements, newest first; the first one is called
 */
struct klp_ops {
	struct hlist_node node;
	unsigned long site;
	bool armed;
	struct list_head func_stack;
};

/* stack.c. Context: klp_mutex held; may sleep. */
int klp_stack_funcs(struct klp_object *obj);
void klp_unstack_funcs(struct klp_object *obj);
struct klp_ops *klp_find_ops(const struct klp_func *func);
/* What calls went to before @func took its place. Return: false if @func is on no stack. Context: any, preemption off. */
bool klp_replaced_func(const struct klp_func *func, unsigned long *start, unsigned long *size);

/* policy.c. Context: klp_mutex held, module_mutex not. */
struct module *klp_find_module(const char *name, bool (*wanted)(const struct module *mod));
/* Wait until module @name is live, or gone. Return: 0, or -ETIMEDOUT after a message. Context: may sleep. */
int klp_wait_settled(const char *name);
/* May be waited for with module_wq. Context: may sleep. */
bool klp_is_settled(const char *name);

/* story.c: a remark, cut to 23 characters, if somebody records a run. Context: any. */
void klp_remark(const char *fmt, ...) __printf(1, 2);
/* Context: klp_mutex held. */
char *klp_print_stack_of(const struct klp_object *obj, const struct klp_func *func, char *buf, size_t size);
char *klp_print_picture(const struct klp_patch *patch, char *buf, size_t size);
/* The stack of @ops has changed: let the story of an explored run show it. */
void klp_tell_stack(const struct klp_ops *ops);

#endif
