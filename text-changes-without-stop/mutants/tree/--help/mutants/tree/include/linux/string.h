/* SPDX-License-Identifier: GPL-2.0 */
/* Strings and memory. As in C unless said otherwise. Context: any, except what allocates. */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/err.h>
#include <linux/types.h>

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *s, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
/* Return: the first byte that is not @c, or NULL if all @n are. */
void *memchr_inv(const void *s, int c, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
/* As strchr(), but the end of the string instead of NULL. */
char *strchrnul(const char *s, int c);
char *strrchr(const char *s, int c);
char *strnchr(const char *s, size_t n, int c);
char *strstr(const char *s, const char *what);
char *strnstr(const char *s, const char *what, size_t n);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strsep(char **s, const char *delims);

char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
/* Return: the length copied, or -E2BIG if @src was cut; always terminated unless @n is 0. */
ssize_t strscpy(char *dst, const char *src, size_t n);
/* Return: the length wanted; cut if that is >= @n. */
size_t strlcpy(char *dst, const char *src, size_t n);
size_t strlcat(char *dst, const char *src, size_t n);

/* Return: @s without leading white space. */
char *skip_spaces(const char *s);
/* Cut trailing white space off @s in place. Return: @s without leading white space. */
char *strim(char *s);
#define strstrip(s)	strim(s)

/* Return: the index of @s in @array of @n (which a NULL entry ends early), or -EINVAL. */
int match_string(const char * const *array, size_t n, const char *s);
/* Equal, one trailing newline aside. */
bool sysfs_streq(const char *a, const char *b);

/* Match * and ? against all of @s. */
bool glob_match(const char *pattern, const char *s);

/* In kmalloc'ed memory, or NULL. Context: as kmalloc(@gfp). */
char *kstrdup(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t max, gfp_t gfp);
void *kmemdup(const void *src, size_t n, gfp_t gfp);

static inline bool strstarts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Return: the length of @prefix if @s starts with it, else 0. */
static inline size_t str_has_prefix(const char *s, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(s, prefix, len) == 0 ? len : 0;
}

/* The last component of a path. */
static inline const char *kbasename(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail ? tail + 1 : path;
}

#endif
