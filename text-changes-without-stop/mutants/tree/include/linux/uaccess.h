/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading memory that may not be there, and "user memory": here, whatever the shell passes to a
 * file's read or write. It is ordinary kernel memory, and not writable by the user behind one's
 * back; a bad address is still -EFAULT when it is read.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/string.h>
#include <linux/types.h>

/**
 * copy_from_kernel_nofault() - copy from an address that may fault
 * @dst: where to
 * @src: where from
 * @size: bytes
 *
 * Context: any, oops handlers included. Return: 0, or -EFAULT if any byte could not be read.
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);

#define VERIFY_READ		0
#define VERIFY_WRITE		1
/* Linux has had access_ok(type, addr, size), and since 5.0 access_ok(addr, size). */
#define access_ok(...)		1

/* Return: the number of bytes that could not be copied: none, or all. */
static inline unsigned long __must_check copy_from_user(void *to, const void __user *from,
							unsigned long n)
{
	return copy_from_kernel_nofault(to, from, n) ? n : 0;
}

static inline unsigned long __must_check copy_to_user(void __user *to, const void *from,
						      unsigned long n)
{
	memcpy(to, from, n);
	return 0;
}

static inline unsigned long __must_check clear_user(void __user *to, unsigned long n)
{
	memset(to, 0, n);
	return 0;
}

#define __copy_from_user(to, from, n)	copy_from_user(to, from, n)
#define __copy_to_user(to, from, n)	copy_to_user(to, from, n)
/* By way of bytes: what @ptr points to may be const. */
#define get_user(x, ptr)							\
	({									\
		char __got[sizeof(*(ptr))] __aligned(8) = {};			\
		int __err = copy_from_kernel_nofault(__got, (ptr), sizeof(__got));	\
										\
		(x) = *(__typeof__(*(ptr)) *)__got;				\
		__err;								\
	})
#define put_user(x, ptr)	({ *(ptr) = (x); 0; })
#define __get_user(x, ptr)	get_user(x, ptr)
#define __put_user(x, ptr)	put_user(x, ptr)

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *s, long n);
void *memdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);

/* kstrtoint() and the like on @count characters of user memory. */
int __must_check kstrtoull_from_user(const char __user *s, size_t count, unsigned int base,
				     unsigned long long *res);
int __must_check kstrtoll_from_user(const char __user *s, size_t count, unsigned int base,
				    long long *res);
int __must_check kstrtoul_from_user(const char __user *s, size_t count, unsigned int base,
				    unsigned long *res);
int __must_check kstrtol_from_user(const char __user *s, size_t count, unsigned int base,
				   long *res);
int __must_check kstrtouint_from_user(const char __user *s, size_t count, unsigned int base,
				      unsigned int *res);
int __must_check kstrtoint_from_user(const char __user *s, size_t count, unsigned int base,
				     int *res);
int __must_check kstrtobool_from_user(const char __user *s, size_t count, bool *res);

#endif
