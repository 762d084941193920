// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading, from the outside in: load_module_image() and delete_module() tell the
 * whole story, the other files of this room its chapters.
 *
 * A module is built without any lock, where nobody can see it; module_mutex covers only the
 * moments in which others could: looking up exports, linking, unlinking. It is never held while
 * the module's own code runs.
 */
#include <linux/errno.h>
#include <linux/ftrace.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/klp_policy.h>
#include <stopgap/service.h>
#include <stopgap/unlink_policy.h>
#include "internal.h"

/* How often to look whether another loader is still alive. */
#define SETTLE_TURN	(HZ / 10)

LIST_HEAD(modules);
DEFINE_MUTEX(module_mutex);
DECLARE_WAIT_QUEUE_HEAD(module_wq);

struct module *find_module(const char *name)
{
	struct module *mod;

	list_for_each_entry(mod, &modules, list)
		if (!strcmp(mod->name, name))
			return mod;
	return NULL;
}

static bool is_loaded(const char *name)
{
	bool loaded;

	mutex_lock(&module_mutex);
	loaded = find_module(name);
	mutex_unlock(&module_mutex);
	return loaded;
}

/* Whether @mod is as loaded as it will get: it has no loader any more, or a dead one. Context: module_mutex held. */
static bool is_settled(const struct module *mod)
{
	return !mod->loader || READ_ONCE(mod->loader->oopsed);
}

/* Livepatching may want no module to come or go just now. */
static bool may_any_move(void)
{
	bool may;

	mutex_lock(&module_mutex);
	may = klp_may_move(NULL);
	mutex_unlock(&module_mutex);
	return may;
}

static bool is_name_settled(const char *name)
{
	struct module *mod;
	bool settled;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	settled = !mod || is_settled(mod);
	mutex_unlock(&module_mutex);
	return settled;
}

/*
 * If somebody else is loading @name, wait for the outcome: the name may become free again. Nobody
 * tells when a loader dies of an oops, hence the turns.
 */
static void wait_until_settled(const char *name)
{
	while (!wait_event_timeout(module_wq, is_name_settled(name), SETTLE_TURN))
		;
}

static int build_from_image(const void *image, size_t len, unsigned int flags, struct module **mod)
{
	struct elf_image img;
	struct load_info info;
	int ret;

	ret = check_module_image(&img, image, len, flags);
	if (ret)
		return ret;
	wait_until_settled(img.name);
	if (is_loaded(img.name))
		return -EEXIST;
	ret = load_info_init(&info, &img);
	if (ret)
		return ret;
	ret = build_module(&info, &img, flags);
	*mod = info.mod;
	load_info_free(&info);
	return ret;
}

/* Return: 0; -EEXIST; -EAGAIN if another one of that name is being loaded, or none may come. */
static int try_link(struct module *mod)
{
	struct module *old;
	int ret = 0;

	mutex_lock(&module_mutex);
	old = find_module(mod->name);
	if (old) {
		ret = is_settled(old) ? -EEXIST : -EAGAIN;
	} else if (!klp_may_move(mod)) {
		ret = -EAGAIN;
	} else {
		mod->loader = get_task_struct(current);
		mod->state = klp_arrival_state();
		unlink_policy_get()->link(mod);
	}
	mutex_unlock(&module_mutex);
	return ret;
}

static int link_module(struct module *mod)
{
	int ret;

	while ((ret = try_link(mod)) == -EAGAIN) {
		wait_until_settled(mod->name);
		wait_event(module_wq, may_any_move());
	}
	return ret;
}

/* Context: nobody else sees @mod any more. */
static void forget_loader(struct module *mod)
{
	if (mod->loader)
		put_task_struct(mod->loader);
	mod->loader = NULL;
}

/* The end of a module that was linked; its state is GOING, its code not running any more. */
static void free_module(struct module *mod)
{
	remove_param_files(mod);
	mutex_lock(&module_mutex);
	ftrace_release_mod(mod);	/* whoever arms or disarms a site of a module finds that on the list */
	unlink_policy_get()->unlink(mod);
	mutex_unlock(&module_mutex);
	forget_loader(mod);
	discard_module(mod);
	wake_up_all(&module_wq);
}

static int unknown_param(char *param, char *val, const char *modname, void *arg)
{
	pr_warn("%s: unknown parameter '%s' ignored\n", modname, param);
	return 0;
}

static int set_params(struct module *mod, const char *args)
{
	char *rest;

	mod->args = kstrdup(args ?: "", GFP_KERNEL);
	if (!mod->args)
		return -ENOMEM;
	rest = parse_args(mod->name, mod->args, mod->kp, mod->num_kp, NULL, unknown_param);
	if (IS_ERR(rest))
		return PTR_ERR(rest);
	if (rest && *rest)
		pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name, rest);
	return 0;
}

static int run_init(struct module *mod)
{
	int ret;

	for (unsigned int i = 0; i < mod->num_ctors; i++)
		mod->ctors[i]();
	ret = mod->init ? mod->init() : 0;
	if (ret < 0)
		pr_err("%s: init failed: %d\n", mod->name, ret);
	if (ret > 0)
		pr_warn("%s: init returned %d, which is neither 0 nor an error\n", mod->name, ret);
	return min(ret, 0);
}

static void set_live(struct module *mod)
{
	struct task_struct *loader;

	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, MODULE_STATE_LIVE);
	loader = mod->loader;
	mod->loader = NULL;
	mutex_unlock(&module_mutex);
	put_task_struct(loader);
}

/* It keeps its loader, so that whoever wants its name waits until it is free. */
static void set_failed(struct module *mod)
{
	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	mutex_unlock(&module_mutex);
}

/* Take a linked module to LIVE, or back to nothing. */
static int start_module(struct module *mod, const char *args)
{
	int ret;

	ret = module_notify_coming(mod);
	if (ret)
		goto out_free;
	ret = set_params(mod, args) ?: add_param_files(mod) ?: run_init(mod);
	if (ret)
		goto out_going;
	finish_init_memory(mod);
	set_live(mod);
	module_notify(mod, MODULE_STATE_LIVE);
	wake_up_all(&module_wq);
	return 0;

out_going:
	set_failed(mod);
	module_notify(mod, MODULE_STATE_GOING);
out_free:
	set_failed(mod);
	free_module(mod);
	return ret;
}

static int load(const void *image, size_t len, const char *args, unsigned int flags,
		struct module **out)
{
	struct module *mod;
	int ret;

	ret = build_from_image(image, len, flags, &mod);
	if (ret)
		return ret;
	ret = link_module(mod);
	if (ret) {
		discard_module(mod);
		return ret;
	}
	ret = start_module(mod, args);
	if (!ret && out)
		*out = mod;
	return ret;
}

/* In Linux 2.x all of it was under the big kernel lock. */
static int load_locked(const void *image, size_t len, const char *args, unsigned int flags,
		       struct module **out)
{
	const struct service_lock *lock = READ_ONCE(module_service_lock);
	int ret;

	lock->enter();
	ret = load(image, len, args, flags, out);
	lock->leave();
	return ret;
}

long load_module_image(const void *image, size_t len, const char *args, struct module **out)
{
	return load_locked(image, len, args, 0, out);
}

long load_module_flags(const void *image, size_t len, const char *args, unsigned int flags)
{
	return load_locked(image, len, args, flags, NULL);
}

/**
 * try_module_image - load a module, but run none of its code, and unload it again
 * @image: the .ko file
 * @len: its size
 * @look: called while the module is on the list
 *
 * Everything up to the parameters and init is as in load_module_image(). Whatever @image holds,
 * this comes back, and leaves nothing behind.
 *
 * Context: may sleep. Return: 0, or the errno that refuses it.
 */
long try_module_image(const void *image, size_t len, void (*look)(const struct module *mod))
{
	struct module *mod;
	int ret;

	ret = build_from_image(image, len, 0, &mod);
	if (ret)
		return ret;
	mod->num_kp = 0;	/* not set, so not to be freed */
	ret = link_module(mod);
	if (ret) {
		discard_module(mod);
		return ret;
	}
	look(mod);
	set_failed(mod);
	free_module(mod);
	return 0;
}

/* May @mod go? If so, nobody gets a reference any more. */
static int claim_module(struct module *mod)
{
	if (module_print_users(mod))
		return -EWOULDBLOCK;
	if (mod->state != MODULE_STATE_LIVE) {
		pr_err("%s: cannot be removed: its %s has not returned\n", mod->name,
		       mod->state == MODULE_STATE_COMING ? "init" : "exit");
		return -EBUSY;
	}
	if (mod->init && !mod->exit) {
		pr_err("%s: cannot be removed: it has no exit function\n", mod->name);
		return -EBUSY;
	}
	if (!module_claim(mod)) {
		pr_err("Module %s is in use\n", mod->name);
		return -EWOULDBLOCK;
	}
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	return 0;
}

/* Return: 0 and *@out; 1 if no module may go just now; or an errno that says why it may not. */
static int try_claim(const char *name, struct module **out)
{
	struct module *mod;
	int ret = -ENOENT;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	if (mod)
		ret = klp_may_move(mod) ? claim_module(mod) : 1;
	mutex_unlock(&module_mutex);
	*out = mod;
	return ret;
}

static int unload(const char *name)
{
	struct module *mod;
	int ret;

	while ((ret = try_claim(name, &mod)) > 0)
		wait_event(module_wq, may_any_move());
	if (ret)
		return ret;
	if (mod->exit)
		mod->exit();
	module_notify(mod, MODULE_STATE_GOING);
	free_module(mod);
	return 0;
}

long delete_module(const char *name)
{
	const struct service_lock *lock = READ_ONCE(module_service_lock);
	int ret;

	lock->enter();
	ret = unload(name);
	lock->leave();
	return ret;
}
