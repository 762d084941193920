/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of printk: the last 64 KiB of messages, one record per line, the oldest overwritten
 * first. It knows no lock; printk.c serialises.
 */
#ifndef _CORE_LOG_RING_H
#define _CORE_LOG_RING_H

#include <linux/types.h>

#define LOG_RING_SIZE	65536	/* a power of two */
#define LOG_LINE_MAX	1024	/* longest text of a record; a longer one is cut */

struct log_record {
	u64 time_us;
	u16 len;	/* of the text behind this header */
	u8 level;
	u8 cpu;
	bool open;	/* no newline yet: may be extended */
};

/*
 * Positions count bytes ever written; modulo the size they are places in @data. [tail, head) holds
 * whole records, the newest of them at @last.
 */
struct log_ring {
	u64 head, tail, last;
	char data[LOG_RING_SIZE];
};

/* Add a record with @rec->len bytes of @text. */
void log_ring_add(struct log_ring *ring, const struct log_record *rec, const char *text);
/* Read the header of the newest record. Return: false if there is none. */
bool log_ring_last(const struct log_ring *ring, struct log_record *rec);
/*
 * Append to the newest record, which must be open, what fits of @len bytes, and leave it @open or
 * not.
 */
void log_ring_extend(struct log_ring *ring, const char *text, size_t len, bool open);
/**
 * log_ring_read - get the record at *@pos, or the oldest one if that is gone
 * @pos: 0 for the oldest; moved to the next record
 * @text: room for LOG_LINE_MAX + 1 bytes
 *
 * Return: false past the newest.
 */
bool log_ring_read(const struct log_ring *ring, u64 *pos, struct log_record *rec, char *text);

#endif
