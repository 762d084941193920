// SPDX-License-Identifier: GPL-2.0
/*
 * YMODEM, after Chuck Forsberg's "XMODEM/YMODEM Protocol Reference" (1988): packets of 128 or 1024
 * bytes behind a number and its complement, with a CRC-16 behind. Packet 0 has the name and the
 * size of a file; an empty name ends the batch. Pure: no console here, only bytes.
 *
 * After damage, whatever else comes may be the middle of a packet, where any byte means nothing: it
 * is passed over until the sender waits for an answer, which shows by silence. The one thing to be
 * seen in it is a sender that calls off.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "ymodem.h"

#define SOH	0x01	/* a packet of 128 bytes */
#define STX	0x02	/* a packet of 1024 bytes */
#define EOT	0x04	/* end of the file */

#define HEADER	3	/* kind, number, complement */
#define CRC	2

#define MAX_SIZE	(1LL << 40)	/* beyond this it makes no difference */

void ymodem_init(struct ymodem *y)
{
	memset(y, 0, sizeof(*y));
}

void ymodem_resync(struct ymodem *y)
{
	y->have = 0;
	y->cancels = 0;
	y->lost = false;
}

/* Something is wrong: wait for silence. */
static enum ymodem_event lose(struct ymodem *y)
{
	y->have = 0;
	y->lost = true;
	return YMODEM_MORE;
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
		size = min(size * 10 + (text[at] - '0'), MAX_SIZE);
	y->size = at > len + 1 ? size : -1;
	y->left = y->size;
	y->next = 1;
	y->in_file = true;
	y->in_data = false;
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
	y->in_data = true;
	return YMODEM_DATA;
}

/*
 * A packet that is sound. A name, where there should be data: its answer was lost, or somebody has
 * started the sender once more.
 */
static enum ymodem_event take_sound_packet(struct ymodem *y, u8 number)
{
	if (y->in_file && number == y->next)
		return take_data(y);
	if (y->in_data && number == (u8)(y->next - 1))
		return YMODEM_REPEAT;
	return number == 0 ? begin_file(y) : YMODEM_CANCEL;
}

static enum ymodem_event take_packet(struct ymodem *y)
{
	if (!is_sound(y))
		return lose(y);
	y->have = 0;
	y->ends = 0;
	return take_sound_packet(y, y->packet[1]);
}

/* The end of the file, if it is there; where nobody has said how long it is, if told so twice. */
static enum ymodem_event end_file(struct ymodem *y)
{
	if (y->in_file && (y->size < 0 ? !y->ends++ : y->left > 0))
		return YMODEM_AGAIN;
	y->ends = 0;
	y->in_file = false;
	y->in_data = false;
	return YMODEM_END_FILE;
}

static enum ymodem_event first_byte(struct ymodem *y, u8 byte)
{
	switch (byte) {
	case SOH:
	case STX:
		y->want = HEADER + (byte == SOH ? 128 : YMODEM_BLOCK) + CRC;
		y->packet[0] = byte;
		y->have = 1;
		return YMODEM_MORE;
	case EOT:
		return end_file(y);
	case YMODEM_CAN:
		return y->cancels >= YMODEM_FEW_CANS ? YMODEM_CANCEL : YMODEM_MORE;
	default:
		return lose(y);
	}
}

enum ymodem_event ymodem_byte(struct ymodem *y, u8 byte)
{
	y->cancels = byte == YMODEM_CAN ? y->cancels + 1 : 0;
	if (y->lost)
		return y->cancels >= YMODEM_MANY_CANS ? YMODEM_CANCEL : YMODEM_MORE;
	if (!y->have)
		return first_byte(y, byte);
	y->packet[y->have++] = byte;
	return y->have == y->want ? take_packet(y) : YMODEM_MORE;
}
