/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Included before all else in explored code, whose accesses GCC announces: those that memory and string functions
 * make on its behalf are announced here, by range. A string counts for its first byte: that there is a scheduling
 * point before it is read is what matters.
 */
#ifndef _STOPGAP_INTERCEPT_H
#define _STOPGAP_INTERCEPT_H

#include <linux/string.h>
#include <stopgap/hooks.h>

#define memcpy(d, s, n)								\
	({ void *__d = (d); const void *__s = (s); size_t __n = (n);		\
	   hook_read(__s, __n); hook_write(__d, __n); memcpy(__d, __s, __n); })
#define memmove(d, s, n)							\
	({ void *__d = (d); const void *__s = (s); size_t __n = (n);		\
	   hook_read(__s, __n); hook_write(__d, __n); memmove(__d, __s, __n); })
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
	   hook_read(__s, 1); hook_write(__d, 1); strcpy(__d, __s); })
#define strscpy(d, s, n)							\
	({ char *__d = (d); const char *__s = (s);				\
	   hook_read(__s, 1); hook_write(__d, 1); strscpy(__d, __s, n); })

#endif
