// SPDX-License-Identifier: GPL-2.0
/*
 * "rx": receive files over the serial line, from sb of lrzsz at the other end. What has come whole
 * is found by insmod and cat as if the ramdisk had brought it. After a transfer that broke, the line
 * is drained, so that the next "rx" starts clean.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>

#include "ymodem.h"

#define ACK		"\x06"
#define NAK		"\x15"
#define READY		"C"		/* send, with CRCs */
#define CANCEL		"\x18\x18\x18\x18\x18"
#define POLL_US		200
#define SILENCE		(1000000 / POLL_US)	/* polls of a second */
#define PATIENCE	20		/* seconds of silence that end a transfer */
#define MAX_FILE	(16 << 20)

/* One reception. */
struct rx {
	struct ymodem y;
	u8 *file;		/* what has come of the file */
	size_t len, room;
	unsigned int nr_files;
};

static void answer(const char *s)
{
	console_write(s, strlen(s));
}

/*
 * Between a file's header and its first data the sender waits for READY; a NAK there would make it
 * send without CRCs.
 */
static bool data_has_begun(const struct rx *rx)
{
	return rx->y.in_file && rx->len;
}

static int begin_file(struct rx *rx)
{
	rx->len = 0;
	rx->room = rx->y.size < 0 ? MAX_FILE : rx->y.size;
	if (rx->room > MAX_FILE)
		return -EFBIG;
	rx->file = vmalloc(max(rx->room, (size_t)1));
	if (!rx->file)
		return -ENOMEM;
	answer(ACK READY);
	return 0;
}

static int take_data(struct rx *rx)
{
	if (!rx->file || rx->y.len > rx->room - rx->len)
		return -EFBIG;
	memcpy(rx->file + rx->len, rx->y.data, rx->y.len);
	rx->len += rx->y.len;
	answer(ACK);
	return 0;
}

static int end_file(struct rx *rx)
{
	int err;

	if (rx->file) {
		err = ramdisk_add(rx->y.name, rx->file, rx->len);
		if (err)
			return err;
		rx->file = NULL;
		rx->nr_files++;
	}
	answer(ACK READY);
	return 0;
}

/* Return: 0 to go on, 1 at the end, or a negative errno. */
static int handle(struct rx *rx, enum ymodem_event event)
{
	switch (event) {
	case YMODEM_BEGIN:
		return begin_file(rx);
	case YMODEM_DATA:
		return take_data(rx);
	case YMODEM_END_FILE:
		return end_file(rx);
	case YMODEM_END_BATCH:
		answer(ACK);
		return 1;
	case YMODEM_AGAIN:
		answer(NAK);
		return 0;
	case YMODEM_REPEAT:
		answer(data_has_begun(rx) ? ACK : ACK READY);
		return 0;
	case YMODEM_CANCEL:
		return -ECANCELED;
	default:
		return 0;
	}
}

/* Wait up to a second for some bytes. Return: how many. */
static size_t read_line(u8 *buf, size_t size)
{
	for (int i = 0; i < SILENCE; i++) {
		size_t n = console_poll_read((char *)buf, size);

		if (n)
			return n;
		usleep_range(POLL_US, POLL_US);
	}
	return 0;
}

static int receive(struct rx *rx)
{
	int seconds = 0, ret = 0;
	u8 buf[64];

	answer(READY);
	while (!ret) {
		size_t n = read_line(buf, sizeof(buf));

		if (!n) {
			if (++seconds == PATIENCE)
				return -ETIMEDOUT;
			ymodem_resync(&rx->y);
			answer(data_has_begun(rx) ? NAK : READY);
			continue;
		}
		seconds = 0;
		for (size_t i = 0; !ret && i < n; i++)
			ret = handle(rx, ymodem_byte(&rx->y, buf[i]));
	}
	return ret;
}

static void drain_line(void)
{
	u8 buf[64];

	answer(CANCEL);
	while (read_line(buf, sizeof(buf)))
		;
}

static int rx_run(int argc, char **argv)
{
	struct rx *rx = kzalloc(sizeof(*rx), GFP_KERNEL);
	int ret;

	if (!rx)
		return -ENOMEM;
	cprintf("rx: send with YMODEM, for instance: sb FILE...\n");
	ymodem_init(&rx->y);
	ret = receive(rx);
	if (ret < 0)
		drain_line();
	cprintf("\nrx: %u files received%s\n", rx->nr_files, ret < 0 ? "; broken off" : "");
	vfree(rx->file);
	kfree(rx);
	return min(ret, 0);
}
SHELL_COMMAND(rx, rx_run, NULL, "", "receive files over the serial line (YMODEM)");
