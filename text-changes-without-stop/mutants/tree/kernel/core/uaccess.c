// SPDX-License-Identifier: GPL-2.0
/* What is built on copy_from_user(): strings, numbers, copies in fresh memory. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define NUMBER_SIZE	32	/* the longest number, its newline and its NUL */

EXPORT_SYMBOL(copy_from_kernel_nofault);

/* Return: the length without the NUL, @count if there is none before; or -EFAULT. */
long strncpy_from_user(char *dst, const char __user *src, long count)
{
	for (long i = 0; i < count; i++) {
		if (copy_from_user(&dst[i], &src[i], 1))
			return -EFAULT;
		if (!dst[i])
			return i;
	}
	return count;
}
EXPORT_SYMBOL(strncpy_from_user);

/* Return: the length with the NUL; more than @n if there is none; 0 if it cannot be read. */
long strnlen_user(const char __user *s, long n)
{
	char c;

	for (long i = 0; i < n; i++) {
		if (copy_from_user(&c, &s[i], 1))
			return 0;
		if (!c)
			return i + 1;
	}
	return n + 1;
}
EXPORT_SYMBOL(strnlen_user);

static void *copy_and_end(const void __user *src, size_t len, size_t room)
{
	char *p = kmalloc(room, GFP_KERNEL);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	memset(p + len, 0, room - len);
	return p;
}

/* Return: the copy, to be freed with kfree(), or ERR_PTR. Context: as kmalloc(). */
void *memdup_user(const void __user *src, size_t len)
{
	return copy_and_end(src, len, len);
}
EXPORT_SYMBOL(memdup_user);

/* The same with a NUL behind it. */
void *memdup_user_nul(const void __user *src, size_t len)
{
	return copy_and_end(src, len, len + 1);
}
EXPORT_SYMBOL(memdup_user_nul);

static int copy_number(char *buf, const char __user *s, size_t count)
{
	count = min(count, (size_t)NUMBER_SIZE - 1);
	if (copy_from_user(buf, s, count))
		return -EFAULT;
	buf[count] = '\0';
	return 0;
}

#define DEFINE_FROM_USER(name, type)						\
int name##_from_user(const char __user *s, size_t count, unsigned int base, type *res)	\
{										\
	char buf[NUMBER_SIZE];							\
										\
	return copy_number(buf, s, count) ?: name(buf, base, res);		\
}										\
EXPORT_SYMBOL(name##_from_user)

DEFINE_FROM_USER(kstrtoull, unsigned long long);
DEFINE_FROM_USER(kstrtoll, long long);
DEFINE_FROM_USER(kstrtoul, unsigned long);
DEFINE_FROM_USER(kstrtol, long);
DEFINE_FROM_USER(kstrtouint, unsigned int);
DEFINE_FROM_USER(kstrtoint, int);

int kstrtobool_from_user(const char __user *s, size_t count, bool *res)
{
	char buf[NUMBER_SIZE];

	return copy_number(buf, s, count) ?: kstrtobool(buf, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);

/**
 * simple_read_from_buffer() - a file's read() whose contents lie in memory
 * @to: the reader's buffer
 * @count: its size
 * @ppos: the place in the file; moves on
 * @from: the contents
 * @available: their length
 *
 * Context: any. Return: the bytes copied, 0 at the end; or a negative errno.
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	loff_t pos = *ppos;

	if (pos < 0)
		return -EINVAL;
	if (pos >= (loff_t)available)
		return 0;
	count = min(count, (size_t)(available - pos));
	if (copy_to_user(to, (const char *)from + pos, count))
		return -EFAULT;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_read_from_buffer);

/* The same for write(), into @available bytes at @to. */
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count)
{
	loff_t pos = *ppos;

	if (pos < 0)
		return -EINVAL;
	if (pos >= (loff_t)available)
		return 0;
	count = min(count, (size_t)(available - pos));
	if (copy_from_user((char *)to + pos, from, count))
		return -EFAULT;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_write_to_buffer);
