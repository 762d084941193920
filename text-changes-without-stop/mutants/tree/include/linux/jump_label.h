/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Static keys: switches that are asked often and thrown rarely. Linux patches the branches; here each is a load and a
 * test, as in a Linux without CONFIG_JUMP_LABEL.
 */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/types.h>

struct static_key {
	atomic_t enabled;
};

struct static_key_true {
	struct static_key key;
};

struct static_key_false {
	struct static_key key;
};

#define STATIC_KEY_INIT_TRUE	{ .enabled = ATOMIC_INIT(1) }
#define STATIC_KEY_INIT_FALSE	{ .enabled = ATOMIC_INIT(0) }

#define DEFINE_STATIC_KEY_TRUE(name)	struct static_key_true name = { STATIC_KEY_INIT_TRUE }
#define DEFINE_STATIC_KEY_FALSE(name)	struct static_key_false name = { STATIC_KEY_INIT_FALSE }
#define DECLARE_STATIC_KEY_TRUE(name)	extern struct static_key_true name
#define DECLARE_STATIC_KEY_FALSE(name)	extern struct static_key_false name

#define static_key_count(k)		atomic_read(&(k)->enabled)
#define static_key_enabled(x)		(static_key_count(&(x)->key) > 0)
#define static_branch_likely(x)		likely(static_key_enabled(x))
#define static_branch_unlikely(x)	unlikely(static_key_enabled(x))
#define static_branch_enable(x)		atomic_set(&(x)->key.enabled, 1)
#define static_branch_disable(x)	atomic_set(&(x)->key.enabled, 0)
#define static_branch_inc(x)		atomic_inc(&(x)->key.enabled)
#define static_branch_dec(x)		atomic_dec(&(x)->key.enabled)

#endif
