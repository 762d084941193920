/* SPDX-License-Identifier: GPL-2.0 */
/* From a member back to the structure that holds it. */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/types.h>

/**
 * container_of - the structure of type @type whose @member is at @ptr
 *
 * The type of @ptr is checked against the member's (or may be void *).
 */
#define container_of(ptr, type, member) ({					\
	void *__mptr = (void *)(ptr);						\
	static_assert(__same_type(*(ptr), ((type *)0)->member) ||		\
		      __same_type(*(ptr), void),				\
		      "pointer type mismatch in container_of()");		\
	((type *)((char *)__mptr - offsetof(type, member))); })

#endif
