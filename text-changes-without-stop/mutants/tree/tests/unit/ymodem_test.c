// SPDX-License-Identifier: GPL-2.0
/* The YMODEM receiver against packets made here: whole, damaged, repeated, out of step. */
// LINK: kernel/shell/ymodem.c
#include <linux/string.h>

#include "unit.h"
#include "ymodem.h"

/* An independent CRC-16: long division, one bit at a time. */
static unsigned int divide(const u8 *p, size_t n)
{
	unsigned int rest = 0;

	for (size_t bit = 0; bit < (n + 2) * 8; bit++) {
		unsigned int in = bit < n * 8 ? p[bit / 8] >> (7 - bit % 8) & 1 : 0;

		rest = rest << 1 | in;
		if (rest & 0x10000)
			rest ^= 0x11021;
	}
	return rest;
}

/* Feed a packet. Return: what its last byte led to. */
static enum ymodem_event packet(struct ymodem *y, u8 number, const void *data, size_t len,
				size_t size, u8 damage)
{
	enum ymodem_event event = YMODEM_MORE;
	u8 p[3 + 1024 + 2] = { size == 128 ? 1 : 2, number, (u8)~number };
	unsigned int crc;

	memset(p + 3, 0x1a, size);
	memcpy(p + 3, data, len);
	crc = divide(p + 3, size);
	p[3 + size] = crc >> 8;
	p[4 + size] = (u8)crc;
	p[10] ^= damage;
	for (size_t i = 0; i < size + 5; i++) {
		CHECK(event == YMODEM_MORE);
		event = ymodem_byte(y, p[i]);
	}
	return event;
}

static const char header[128] = "hello.ko\0" "1500 0 0";
static struct ymodem y;

static void begin(void)
{
	ymodem_init(&y);
	CHECK(packet(&y, 0, header, sizeof(header), 128, 0) == YMODEM_BEGIN);
	CHECK(!strcmp(y.name, "hello.ko") && y.size == 1500);
}

TEST(a_batch_of_one_file)
{
	u8 data[1024];

	memset(data, 7, sizeof(data));
	begin();
	CHECK(packet(&y, 1, data, 1024, 1024, 0) == YMODEM_DATA && y.len == 1024);
	CHECK(packet(&y, 2, data, 476, 1024, 0) == YMODEM_DATA && y.len == 476);
	CHECK(!memcmp(y.data, data, 476));
	CHECK(ymodem_byte(&y, 4) == YMODEM_END_FILE);
	CHECK(packet(&y, 0, "", 1, 128, 0) == YMODEM_END_BATCH);
}

TEST(damage_is_noticed_and_repaired)
{
	begin();
	CHECK(packet(&y, 1, "abc", 3, 128, 0x40) == YMODEM_MORE && y.lost);
	ymodem_resync(&y);
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_DATA && y.data[0] == 'a');
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_REPEAT);
	CHECK(packet(&y, 3, "abc", 3, 128, 0) == YMODEM_CANCEL);
}

/* The first byte of a packet is gone: what looks like control bytes are data. */
TEST(what_follows_damage_means_nothing)
{
	static const u8 rest[] = { 1, 0xfe, 4, 4, 0x18, 0x18, 0x18, 1, 2, 0x18, 0x18, 0x18, 0x18 };

	begin();
	CHECK(ymodem_byte(&y, 'x') == YMODEM_MORE);
	for (size_t i = 0; i < sizeof(rest); i++)
		CHECK(ymodem_byte(&y, rest[i]) == YMODEM_MORE);
	CHECK(ymodem_byte(&y, 0x18) == YMODEM_CANCEL);
	ymodem_resync(&y);
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_DATA);
}

TEST(a_file_ends_when_it_is_whole)
{
	begin();
	CHECK(packet(&y, 1, "abc", 3, 1024, 0) == YMODEM_DATA);
	CHECK(ymodem_byte(&y, 4) == YMODEM_AGAIN);
	CHECK(packet(&y, 2, "abc", 3, 1024, 0) == YMODEM_DATA && y.len == 476);
	CHECK(ymodem_byte(&y, 4) == YMODEM_END_FILE);
	CHECK(ymodem_byte(&y, 4) == YMODEM_END_FILE);	/* the answer was lost */
	CHECK(packet(&y, 0, "f", 2, 128, 0) == YMODEM_BEGIN && y.size < 0);
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_DATA && y.len == 128);
	CHECK(ymodem_byte(&y, 4) == YMODEM_AGAIN);
	CHECK(ymodem_byte(&y, 4) == YMODEM_END_FILE);
}

TEST(a_sender_may_start_again)
{
	begin();
	CHECK(packet(&y, 0, header, sizeof(header), 128, 0) == YMODEM_BEGIN);
	CHECK(packet(&y, 1, "abc", 3, 1024, 0) == YMODEM_DATA);
	CHECK(packet(&y, 2, "abc", 3, 128, 0) == YMODEM_DATA);
	CHECK(packet(&y, 0, header, sizeof(header), 128, 0) == YMODEM_BEGIN);
	CHECK(packet(&y, 1, "abc", 3, 1024, 0) == YMODEM_DATA && y.left == 476);
}

/* Packet 256 has number 0, and is no name. */
TEST(numbers_wrap)
{
	static const char large[128] = "large\0" "40000";

	ymodem_init(&y);
	CHECK(packet(&y, 0, large, sizeof(large), 128, 0) == YMODEM_BEGIN);
	for (unsigned int n = 1; n <= 260; n++)
		CHECK(packet(&y, (u8)n, "abc", 3, 128, 0) == YMODEM_DATA);
	CHECK(y.left == 40000 - 260 * 128);
}

TEST(a_size_without_end)
{
	static const char huge[128] = "huge\0" "99999999999999999999999999999999999999";

	ymodem_init(&y);
	CHECK(packet(&y, 0, huge, sizeof(huge), 128, 0) == YMODEM_BEGIN && y.size == 1ll << 40);
}

TEST(silence_in_the_middle_starts_a_packet_anew)
{
	begin();
	CHECK(ymodem_byte(&y, 1) == YMODEM_MORE);
	CHECK(ymodem_byte(&y, 1) == YMODEM_MORE);
	ymodem_resync(&y);
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_DATA);
}

TEST(two_cancels_cancel)
{
	begin();
	CHECK(ymodem_byte(&y, 0x18) == YMODEM_MORE);
	ymodem_resync(&y);
	CHECK(ymodem_byte(&y, 0x18) == YMODEM_MORE);
	CHECK(ymodem_byte(&y, 0x18) == YMODEM_CANCEL);
}

TEST(a_batch_begins_with_a_name)
{
	ymodem_init(&y);
	CHECK(packet(&y, 1, "abc", 3, 128, 0) == YMODEM_CANCEL);
}
