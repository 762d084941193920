/* SPDX-License-Identifier: GPL-2.0 */
/* The integer and pointer types every other header builds on. */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/compiler.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* A type and no macro, so that macros can paste its name: module_param(x, bool, 0). */
#ifndef __bool_true_false_are_defined
typedef _Bool bool;
enum { false, true };
#endif

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;

typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s8 __s8;
typedef s16 __s16;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u64 __be64;

/* <sys/types.h> owns these names when a host test includes both. */
#ifndef _SYS_TYPES_H
typedef long ssize_t;
typedef long long loff_t;
typedef int pid_t;
typedef unsigned short umode_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
#else
typedef unsigned short umode_t;
#endif
/* Names that the host's headers have with other types. */
#ifdef __KERNEL__
typedef unsigned int uint;
typedef unsigned long ulong;
typedef unsigned short ushort;
typedef unsigned char u_char;
typedef unsigned int u_int;
typedef long off_t;
typedef unsigned short mode_t;
typedef u32 dev_t;
/* Sets of signals: there are none, so a set has no words. */
#define _NSIG_WORDS	0
typedef struct {
	unsigned long sig[0];
} sigset_t;
#endif
typedef unsigned int gfp_t;
typedef u64 phys_addr_t;
typedef u64 dma_addr_t;
typedef u64 sector_t;
typedef unsigned int __poll_t;

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	s64 counter;
} atomic64_t;

#endif
