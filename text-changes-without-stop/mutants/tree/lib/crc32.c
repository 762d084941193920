// SPDX-License-Identifier: GPL-2.0
/* CRC-32, bit by bit: small, and fast enough for what a demo module checks. */
#include <linux/crc32.h>

#define POLY_BE		0x04c11db7u
#define POLY_LE		0xedb88320u

/* Least significant bit first, as Ethernet and zip do it. */
u32 crc32_le(u32 crc, const void *data, size_t len)
{
	for (const u8 *p = data; len; p++, len--) {
		crc ^= *p;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (crc & 1 ? POLY_LE : 0);
	}
	return crc;
}

/* Most significant bit first. */
u32 crc32_be(u32 crc, const void *data, size_t len)
{
	for (const u8 *p = data; len; p++, len--) {
		crc ^= (u32)*p << 24;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc << 1) ^ (crc & 0x80000000u ? POLY_BE : 0);
	}
	return crc;
}
