/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Included before all else in code of the explore image whose accesses GCC announces: those that memory and string
 * functions make on its behalf are announced here, by range. A string counts for its first byte: that there is a
 * scheduling point before it is read is what matters. What will be stored is noted to its last byte all the same.
 */
#ifndef _STOPGAP_INTERCEPT_H
#define _STOPGAP_INTERCEPT_H

#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/hooks.h>

/* A size may also be "more than enough". */
#define __print_room(n)	((n) < 4096 ? (n) : 4096)

#define memcpy(d, s, n)								\
	({ void *__d = (d); const void *__s = (s); size_t __n = (n);		\
	   hook_read(__s, __n); hook_write(__d, __n); memcpy(__d, __s, __n); })
#define memmove(d, s, n)							\
	({ void *__d = (d); const void *__s = (s); size_t __n = (n);		\
	   hook_read(__s, __n); hook_write(__d, __n); memmove(__d, __s, __n); })
#define __builtin_memcpy(d, s, n)	memcpy(d, s, n)
#define memset(d, c, n)								\
	({ void *__d = (d); size_t __n = (n);					\
	   hook_write(__d, __n); memset(__d, c, __n); })
#define strlen(s) \
	({ const char *__s = (s); hook_read(__s, 1); strlen(__s); })
#define strcmp(a, b)								\
	({ const char *__a = (a), *__b = (b);					\
	   hook_read(__a, 1); hook_read(__b, 1); strcmp(__a, __b); })
#define strncmp(a, b, n)							\
	({ const char *__a = (a), *__b = (b);					\
	   hook_read(__a, 1); hook_read(__b, 1); strncmp(__a, __b, n); })
#define strchr(s, c) \
	({ const char *__s = (s); hook_read(__s, 1); strchr(__s, c); })
#define strcpy(d, s)								\
	({ char *__d = (d); const char *__s = (s);				\
	   hook_read(__s, 1); hook_write(__d, 1); hook_note(__d, (strlen)(__s) + 1); strcpy(__d, __s); })
#define strscpy(d, s, n)							\
	({ char *__d = (d); const char *__s = (s); size_t __n = (n);		\
	   hook_read(__s, 1); hook_write(__d, 1); hook_note(__d, __n); strscpy(__d, __s, __n); })
#define vsnprintf(b, n, f, a)							\
	({ char *__b = (b); size_t __n = (n);					\
	   hook_note(__b, __print_room(__n)); vsnprintf(__b, __n, f, a); })
#define vscnprintf(b, n, f, a)							\
	({ char *__b = (b); size_t __n = (n);					\
	   hook_note(__b, __print_room(__n)); vscnprintf(__b, __n, f, a); })
#define snprintf(b, n, ...)							\
	({ char *__b = (b); size_t __n = (n);					\
	   hook_note(__b, __print_room(__n)); snprintf(__b, __n, __VA_ARGS__); })
#define scnprintf(b, n, ...)							\
	({ char *__b = (b); size_t __n = (n);					\
	   hook_note(__b, __print_room(__n)); scnprintf(__b, __n, __VA_ARGS__); })

#endif
