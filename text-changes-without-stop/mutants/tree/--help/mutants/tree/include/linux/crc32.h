/* SPDX-License-Identifier: GPL-2.0 */
/* CRC-32 of IEEE 802.3, without the inversions before and after: lib/crc32.c, linked into each module that uses it. */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

#include <linux/types.h>

u32 crc32_le(u32 crc, const void *data, size_t len);
u32 crc32_be(u32 crc, const void *data, size_t len);

#define crc32(seed, data, length)	crc32_le(seed, data, length)

#endif
