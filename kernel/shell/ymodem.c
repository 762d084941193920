// SPDX-License-Identifier: GPL-2.0
/*
 * YMODEM, after Chuck Forsberg's "XMODEM/YMODEM Protocol Reference" (1988): packets of 128 or 1024
 * bytes behind a number and its complement, with a CRC-16 behind. Packet 0 has the name and the
 * size of a file; an empty name ends the batch. Pure: no console here, only bytes.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "ymodem.h"

#define SOH	0x01	/* a packet of 128 bytes */
#define STX	0x02	/* a packet of 1024 bytes */
#define EOT	0x04	/* end of the file */
#define CAN	0x18	/* give up, sent twice */

#define HEADER	3	/* kind, number, complement */
#define CRC	2

void ymodem_init(struct ymodem *y)
{
	memset(y, 0, sizeof(*y));
}

void ymodem_resync(struct ymodem *y)
{
	y->have = 0;
	y->cancels = 0;
}

/* x^16 + x^12 + x^5 + 1, most significant bit first, from 0. */
static u16 crc16(const u8 *p, size_t n)
{
	u16 crc = 0;

	while (n--) {
		crc ^= (u16)(*p++ << 8);
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 0x8000 ? (u16)(crc << 1) ^ 0x1021 : (u16)(crc << 1);
	}
	return crc;
}

static bool is_sound(const struct ymodem *y)
{
	const u8 *p = y->packet, *end = p + y->want - CRC;

	return (p[1] ^ p[2]) == 0xff && crc16(p + HEADER, end - p - HEADER) == (end[0] << 8 | end[1]);
}

/* Packet 0: "name\0size ...". */
static enum ymodem_event begin_file(struct ymodem *y)
{
	const char *text = (const char *)y->packet + HEADER;
	size_t room = y->want - HEADER - CRC, len = strnlen(text, room);
	long long size = 0;
	size_t at;

	if (!len)
		return YMODEM_END_BATCH;
	strscpy(y->name, text, min(len + 1, sizeof(y->name)));
	for (at = len + 1; at < room && text[at] >= '0' && text[at] <= '9'; at++)
		size = size * 10 + (text[at] - '0');
	y->size = at > len + 1 ? size : -1;
	y->left = y->size;
	y->next = 1;
	y->in_file = true;
	return YMODEM_BEGIN;
}

static enum ymodem_event take_data(struct ymodem *y)
{
	y->data = y->packet + HEADER;
	y->len = y->want - HEADER - CRC;
	if (y->size >= 0) {
		y->len = min((long long)y->len, y->left);
		y->left -= y->len;
	}
	y->next++;
	return YMODEM_DATA;
}

static enum ymodem_event take_packet(struct ymodem *y)
{
	u8 number = y->packet[1];

	y->have = 0;
	if (!is_sound(y))
		return YMODEM_AGAIN;
	if (!y->in_file)
		return number == 0 ? begin_file(y) : YMODEM_CANCEL;
	if (number == y->next)
		return take_data(y);
	return number == (u8)(y->next - 1) ? YMODEM_REPEAT : YMODEM_CANCEL;
}

static enum ymodem_event first_byte(struct ymodem *y, u8 byte)
{
	y->cancels = byte == CAN ? y->cancels + 1 : 0;
	switch (byte) {
	case SOH:
	case STX:
		y->want = HEADER + (byte == SOH ? 128 : YMODEM_BLOCK) + CRC;
		y->packet[0] = byte;
		y->have = 1;
		return YMODEM_MORE;
	case EOT:
		y->in_file = false;
		return YMODEM_END_FILE;
	default:
		return y->cancels >= 2 ? YMODEM_CANCEL : YMODEM_MORE;
	}
}

enum ymodem_event ymodem_byte(struct ymodem *y, u8 byte)
{
	if (!y->have)
		return first_byte(y, byte);
	y->packet[y->have++] = byte;
	return y->have == y->want ? take_packet(y) : YMODEM_MORE;
}
