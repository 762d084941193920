// SPDX-License-Identifier: GPL-2.0
/* What Linux builds on kmalloc: arrays with overflow checks, resizing, copies. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/**
 * kzalloc() - kmalloc(), cleared
 * @size: see kmalloc()
 * @gfp: see kmalloc()
 *
 * Context, Return: as kmalloc().
 */
void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}
EXPORT_SYMBOL(kzalloc);

/**
 * kmalloc_array() - kmalloc() for @n elements
 * @n: number of elements
 * @size: bytes of one
 * @gfp: see kmalloc()
 *
 * Context: as kmalloc().
 * Return: the array; NULL also if n * size overflows.
 */
void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return kmalloc(bytes, gfp);
}
EXPORT_SYMBOL(kmalloc_array);

/**
 * kcalloc() - kmalloc_array(), cleared
 * @n: number of elements
 * @size: bytes of one
 * @gfp: see kmalloc()
 *
 * Context, Return: as kmalloc_array().
 */
void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc_array(n, size, gfp | __GFP_ZERO);
}
EXPORT_SYMBOL(kcalloc);

/**
 * krealloc() - change an object's size
 * @p: the object; NULL or ZERO_SIZE_PTR to allocate a new one
 * @size: new size; 0 frees @p
 * @gfp: see kmalloc(); __GFP_ZERO does not reach bytes of an object that stays where it is
 *
 * Context: as kmalloc().
 * Return: the object, with the old contents as far as both sizes go; NULL if there is no memory, @p
 * then stays valid.
 */
void *krealloc(const void *p, size_t size, gfp_t gfp)
{
	size_t old = ksize(p);
	void *new;

	if (!size) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	if (size <= old)
		return (void *)p;
	new = kmalloc(size, gfp);
	if (new && old) {
		memcpy(new, p, old);
		kfree(p);
	}
	return new;
}
EXPORT_SYMBOL(krealloc);

/**
 * kmemdup() - a copy of some memory
 * @src: what to copy
 * @len: how many bytes
 * @gfp: see kmalloc()
 *
 * Context: as kmalloc().
 * Return: the copy, or NULL.
 */
void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc(len, gfp);

	if (p && len)
		memcpy(p, src, len);
	return p;
}
EXPORT_SYMBOL(kmemdup);

/**
 * kstrndup() - a copy of the first part of a string
 * @s: the string; NULL gives NULL
 * @max: at most so many characters
 * @gfp: see kmalloc()
 *
 * Context: as kmalloc().
 * Return: the copy, terminated, or NULL.
 */
char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	size_t len;
	char *p;

	if (!s)
		return NULL;
	len = strnlen(s, max);
	p = kmalloc(len + 1, gfp);
	if (p) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}
EXPORT_SYMBOL(kstrndup);

/**
 * kstrdup() - a copy of a string
 * @s: the string; NULL gives NULL
 * @gfp: see kmalloc()
 *
 * Context: as kmalloc().
 * Return: the copy, or NULL.
 */
char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? kmemdup(s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(kstrdup);
