// SPDX-License-Identifier: GPL-2.0
/* The ring of log records: see log_ring.h. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "log_ring.h"

static void copy_in(struct log_ring *ring, u64 pos, const void *src, size_t n)
{
	size_t at = pos % LOG_RING_SIZE, first = min(n, LOG_RING_SIZE - at);

	memcpy(ring->data + at, src, first);
	memcpy(ring->data, (const char *)src + first, n - first);
}

static void copy_out(const struct log_ring *ring, u64 pos, void *dst, size_t n)
{
	size_t at = pos % LOG_RING_SIZE, first = min(n, LOG_RING_SIZE - at);

	memcpy(dst, ring->data + at, first);
	memcpy((char *)dst + first, ring->data, n - first);
}

/* Forget the oldest records until @n bytes are free. */
static void make_room(struct log_ring *ring, size_t n)
{
	struct log_record rec;

	while (LOG_RING_SIZE - (ring->head - ring->tail) < n) {
		copy_out(ring, ring->tail, &rec, sizeof(rec));
		ring->tail += sizeof(rec) + rec.len;
	}
}

void log_ring_add(struct log_ring *ring, const struct log_record *rec, const char *text)
{
	struct log_record r = *rec;

	r.len = min_t(u16, r.len, LOG_LINE_MAX);
	make_room(ring, sizeof(r) + r.len);
	ring->last = ring->head;
	copy_in(ring, ring->head, &r, sizeof(r));
	copy_in(ring, ring->head + sizeof(r), text, r.len);
	ring->head += sizeof(r) + r.len;
}

bool log_ring_last(const struct log_ring *ring, struct log_record *rec)
{
	if (ring->head == ring->tail)
		return false;
	copy_out(ring, ring->last, rec, sizeof(*rec));
	return true;
}

void log_ring_extend(struct log_ring *ring, const char *text, size_t len, bool open)
{
	struct log_record rec;

	if (!log_ring_last(ring, &rec))
		return;
	len = min_t(size_t, len, LOG_LINE_MAX - rec.len);
	make_room(ring, len);
	copy_in(ring, ring->head, text, len);
	ring->head += len;
	rec.len += len;
	rec.open = open;
	copy_in(ring, ring->last, &rec, sizeof(rec));
}

bool log_ring_read(const struct log_ring *ring, u64 *pos, struct log_record *rec, char *text)
{
	if (*pos < ring->tail)
		*pos = ring->tail;
	if (*pos >= ring->head)
		return false;
	copy_out(ring, *pos, rec, sizeof(*rec));
	copy_out(ring, *pos + sizeof(*rec), text, rec->len);
	text[rec->len] = '\0';
	*pos += sizeof(*rec) + rec->len;
	return true;
}
