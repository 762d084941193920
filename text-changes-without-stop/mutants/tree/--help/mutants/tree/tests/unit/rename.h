/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's functions that libc has too, under names of their own, so that both can live in one
 * program and be compared. Included before anything else in kernel files, and after libc's headers
 * in tests (host.h).
 */
#ifndef _UNIT_RENAME_H
#define _UNIT_RENAME_H

#define bsearch		kernel_bsearch
#define memchr		kernel_memchr
#define memcmp		kernel_memcmp
#define memcpy		kernel_memcpy
#define memmove		kernel_memmove
#define memset		kernel_memset
#define snprintf	kernel_snprintf
#define sprintf		kernel_sprintf
#define strcasecmp	kernel_strcasecmp
#define strcat		kernel_strcat
#define strchr		kernel_strchr
#define strchrnul	kernel_strchrnul
#define strcmp		kernel_strcmp
#define strcpy		kernel_strcpy
#define strcspn		kernel_strcspn
#define strlcat		kernel_strlcat
#define strlcpy		kernel_strlcpy
#define strlen		kernel_strlen
#define strncasecmp	kernel_strncasecmp
#define strncat		kernel_strncat
#define strncmp		kernel_strncmp
#define strncpy		kernel_strncpy
#define strnlen		kernel_strnlen
#define strpbrk		kernel_strpbrk
#define strrchr		kernel_strrchr
#define strsep		kernel_strsep
#define strspn		kernel_strspn
#define strstr		kernel_strstr
#define vsnprintf	kernel_vsnprintf
#define vsprintf	kernel_vsprintf
#define ffs		kernel_ffs

#endif
