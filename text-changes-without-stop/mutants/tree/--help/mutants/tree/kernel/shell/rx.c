// SPDX-License-Identifier: GPL-2.0
/*
 * "rx": receive files over the serial line, from sb of lrzsz at the other end. What has come whole
 * is found by insmod and cat as if the ramdisk had brought it.
 *
 * A packet that does not come whole is asked for again, a sender that is started once more is let
 * begin again. After a transfer that broke for good, the line is drained, so that the next "rx" starts
 * clean. ^C is a byte like any other; it ends "rx" if it comes alone, with silence on both sides.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
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
#define CTRL_C		0x03
#define TURN		(HZ / 10)	/* the unit of silence */
#define SENDER_WAITS	3		/* after damage: nothing more comes of that packet */
#define SECOND		10		/* ask again */
#define PATIENCE	(10 * SECOND)	/* the sender is gone */
#define START_PATIENCE	(60 * SECOND)	/* nobody starts one */
#define MAX_DRAIN	(10 * SECOND)
#define QUIET_LOGLEVEL	1		/* messages would be noise on the line */
#define MAX_FILE	(16 << 20)

/* One reception. */
struct rx {
	struct ymodem y;
	u8 *file;		/* what has come of the file */
	size_t len, room;
	unsigned int nr_files;
	unsigned int silence;	/* turns in which nothing came */
	bool begun;		/* a sender is there */
	bool typed;		/* ^C has come, after silence */
};

static void answer(const char *s)
{
	console_write(s, strlen(s));
}

static int begin_file(struct rx *rx)
{
	rx->len = 0;
	rx->room = rx->y.size < 0 ? MAX_FILE : rx->y.size;
	if (rx->room > MAX_FILE)
		return -EFBIG;
	vfree(rx->file);
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
		answer(ACK);
		return 0;
	case YMODEM_CANCEL:
		return -ECANCELED;
	default:
		return 0;
	}
}

/* Wait up to a turn for some bytes. Return: how many. */
static size_t read_line(u8 *buf, size_t size)
{
	return console_read_timeout((char *)buf, size, TURN);
}

/*
 * Ask for a packet once more. A sender that has not sent data yet, or is just starting, would take NAK
 * to mean that it should send without CRCs.
 */
static void ask_again(struct rx *rx, bool soon)
{
	ymodem_resync(&rx->y);
	answer(soon && rx->y.in_data ? NAK : READY);
}

/* Nothing has come for a turn. */
static int handle_silence(struct rx *rx)
{
	if (rx->typed)
		return -EINTR;
	if (++rx->silence >= (rx->begun ? PATIENCE : START_PATIENCE))
		return -ETIMEDOUT;
	if (rx->y.lost && rx->silence == SENDER_WAITS)
		ask_again(rx, true);
	else if (rx->silence % SECOND == 0)
		ask_again(rx, false);
	return 0;
}

static int handle_bytes(struct rx *rx, const u8 *buf, size_t n)
{
	int ret = 0;

	rx->typed = rx->silence && !memchr_inv(buf, CTRL_C, n);
	rx->silence = 0;
	for (size_t i = 0; !ret && i < n; i++) {
		enum ymodem_event event = ymodem_byte(&rx->y, buf[i]);

		rx->begun |= event != YMODEM_MORE;
		ret = handle(rx, event);
	}
	return ret;
}

static int receive(struct rx *rx)
{
	u8 buf[64];
	int ret;

	answer(READY);
	rx->silence = 1;
	do {
		size_t n = read_line(buf, sizeof(buf));

		ret = n ? handle_bytes(rx, buf, n) : handle_silence(rx);
	} while (!ret);
	return ret;
}

/* Until silence; after success too, as the sender throws away what comes in while it ends. */
static void drain_line(void)
{
	u8 buf[64];

	for (int turns = 0; read_line(buf, sizeof(buf)) && turns < MAX_DRAIN; turns++)
		;
}

static const char *end_reason(int err)
{
	switch (err) {
	case -EINTR:
		return ": interrupted";
	case -ETIMEDOUT:
		return ": the line is silent";
	case -ECANCELED:
		return ": called off by the sender";
	case -EFBIG:
		return ": the file is too big";
	default:
		return err < 0 ? ": failed" : "";
	}
}

static int rx_run(int argc, char **argv)
{
	struct rx *rx = kzalloc(sizeof(*rx), GFP_KERNEL);
	int loglevel = console_loglevel, ret;

	if (!rx)
		return -ENOMEM;
	cprintf("rx: send with YMODEM, for instance: sb -k FILE...\n");
	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	ymodem_init(&rx->y);
	ret = receive(rx);
	if (ret < 0)
		answer(CANCEL);
	drain_line();
	console_loglevel = loglevel;
	cprintf("\nrx: %u files received%s\n", rx->nr_files, end_reason(ret));
	vfree(rx->file);
	kfree(rx);
	return min(ret, 0);
}
SHELL_COMMAND(rx, rx_run, NULL, "", "receive files over the serial line (YMODEM)");
