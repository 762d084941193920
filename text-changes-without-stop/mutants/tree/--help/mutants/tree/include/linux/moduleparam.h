/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parameters: variables that the boot command line (built-in code) or insmod (modules) may set. One
 * entry each in the section __param; parse_args() serves both.
 *
 * Built-in files #define KBUILD_MODNAME "name" first: their parameters are "name.param" on the
 * command line.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/types.h>

struct kernel_param;

/*
 * How to set (from text, NULL if no '=') and get (print, return the length) one type; both return
 * -errno.
 */
struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);	/* PARAM_GET_SIZE bytes */
	void (*free)(void *arg);	/* give back what set() allocated; may be NULL */
};

#define KERNEL_PARAM_OPS_FL_NOARG	1	/* "param" alone is fine: val may be NULL */
#define PARAM_GET_SIZE			4096

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;	/* how many were given; may be NULL */
	const struct kernel_param_ops *ops;
	void *elem;
};

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	u16 perm;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

extern const struct kernel_param __start___param[], __stop___param[];

/* Called for a parameter that is not in the table. Return: 0, or an error that ends the parsing. */
typedef int (*parse_unknown_fn)(char *param, char *val, const char *doing, void *arg);

/**
 * parse_args - set parameters from a line of "name=value" words
 * @doing: who asks, for messages
 * @args: the line; cut into words in place. charp parameters keep pointing into it: it must outlive
 *	them
 * @params: the table, @num entries
 * @arg: for @unknown
 * @unknown: gets what the table has not; NULL makes that an error (-ENOENT)
 *
 * Quotes keep blanks together: name="a b", "name=a b". In names - and _ are the same.
 *
 * Context: any that the set() functions allow. Return: NULL, or what follows a word "--", or
 * ERR_PTR: the first error, after a message naming it.
 */
char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num,
		 void *arg, parse_unknown_fn unknown);

/*
 * Set the kernel's own parameters from @args, which must stay; an unknown one is only warned about.
 * Context: boot.
 */
void parse_boot_params(char *args);
/* Call the ops' free() for each of @num @params. */
void destroy_params(const struct kernel_param *params, unsigned int num);
/* Cut the next word off @args: *@param and *@val (NULL without '='). Return: the rest. */
char *next_arg(char *args, char **param, char **val);
/* Equal, with - and _ the same. */
bool parameq(const char *a, const char *b);

#ifdef MODULE
#define MODULE_PARAM_PREFIX	/* nothing */
#define __MODULE_INFO(tag, name, info)						\
	static const char __UNIQUE_ID(name)[] __used __section(".modinfo") __aligned(1)	\
		= __stringify(tag) "=" info
#else
#define MODULE_PARAM_PREFIX	KBUILD_MODNAME "."
/* Built-in code has no .modinfo; this declares nothing, and wants its semicolon. */
#define __MODULE_INFO(tag, name, info)	struct __UNIQUE_ID(name)
#endif

#define MODULE_INFO(tag, info)		__MODULE_INFO(tag, tag, info)
#define __MODULE_PARM_TYPE(name, _type)	__MODULE_INFO(parmtype, name, #name ":" _type)
#define MODULE_PARM_DESC(_parm, desc)	__MODULE_INFO(parm, _parm, #_parm ":" desc)

#define __module_param_call(prefix, _name, _ops, _arg, _perm)			\
	static_assert((_perm) >= 0 && (_perm) <= 0777 && !((_perm) & 2), "bad permissions"); \
	static const char __param_str_##_name[] = prefix #_name;			\
	static const struct kernel_param __param_##_name				\
		__used __section("__param") __aligned(8) = {			\
			.name = __param_str_##_name, .mod = THIS_MODULE,	\
			.ops = (_ops), .perm = (_perm), .arg = (_arg) }

/**
 * module_param - make the variable @name a parameter
 * @type: byte short ushort int uint long ulong ullong bool invbool charp, or any for which
 *	param_ops_@type and param_check_@type exist
 * @perm: as in Linux; 0 or 0444
 */
#define module_param(name, type, perm)		module_param_named(name, name, type, perm)
#define module_param_named(name, value, type, perm)				\
	param_check_##type(name, &(value));					\
	module_param_cb(name, &param_ops_##type, &(value), perm);		\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_cb(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm)

/* A built-in parameter without "file." in front of its name. */
#define core_param(name, var, type, perm)					\
	param_check_##type(name, &(var));					\
	__module_param_call("", name, &param_ops_##type, &(var), perm)
#define core_param_cb(name, ops, arg, perm)	__module_param_call("", name, ops, arg, perm)

/* Text copied into the array @string of @len bytes; longer text is -ENOSPC. */
#define module_param_string(name, string, len, perm)				\
	static const struct kparam_string __param_string_##name = { len, string };	\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_string,	\
			    (void *)&__param_string_##name, perm);		\
	__MODULE_PARM_TYPE(name, "string")

/* "name=1,2,3" into an array; *@nump, if not NULL, gets the number of values. */
#define module_param_array(name, type, nump, perm) \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_array_named(name, array, type, nump, perm)			\
	param_check_##type(name, &(array)[0]);					\
	static const struct kparam_array __param_arr_##name = {			\
		.max = sizeof(array) / sizeof((array)[0]), .elemsize = sizeof((array)[0]), \
		.num = (nump), .ops = &param_ops_##type, .elem = (array) };	\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_array_ops,	\
			    (void *)&__param_arr_##name, perm);			\
	__MODULE_PARM_TYPE(name, "array of " #type)

/* A wrong type of variable is an error at compile time. */
#define __param_check(name, p, type) \
	static inline __always_unused type *__param_check_##name(void) { return (p); }

#define DECLARE_PARAM_TYPE(name)						\
	extern const struct kernel_param_ops param_ops_##name;			\
	int param_set_##name(const char *val, const struct kernel_param *kp);	\
	int param_get_##name(char *buffer, const struct kernel_param *kp)

DECLARE_PARAM_TYPE(byte);
DECLARE_PARAM_TYPE(short);
DECLARE_PARAM_TYPE(ushort);
DECLARE_PARAM_TYPE(int);
DECLARE_PARAM_TYPE(uint);
DECLARE_PARAM_TYPE(long);
DECLARE_PARAM_TYPE(ulong);
DECLARE_PARAM_TYPE(ullong);
DECLARE_PARAM_TYPE(charp);
DECLARE_PARAM_TYPE(bool);
DECLARE_PARAM_TYPE(invbool);

#define param_check_byte(name, p)	__param_check(name, p, unsigned char)
#define param_check_short(name, p)	__param_check(name, p, short)
#define param_check_ushort(name, p)	__param_check(name, p, unsigned short)
#define param_check_int(name, p)	__param_check(name, p, int)
#define param_check_uint(name, p)	__param_check(name, p, unsigned int)
#define param_check_long(name, p)	__param_check(name, p, long)
#define param_check_ulong(name, p)	__param_check(name, p, unsigned long)
#define param_check_ullong(name, p)	__param_check(name, p, unsigned long long)
#define param_check_charp(name, p)	__param_check(name, p, char *)
#define param_check_bool(name, p)	__param_check(name, p, bool)
#define param_check_invbool(name, p)	__param_check(name, p, bool)

extern const struct kernel_param_ops param_ops_string;
extern const struct kernel_param_ops param_array_ops;
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

#endif
