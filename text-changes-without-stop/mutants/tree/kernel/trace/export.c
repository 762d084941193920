// SPDX-License-Identifier: GPL-2.0
/* The last run, or the rings, to the host: JSON through the second serial channel. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>

#include "trace.h"

#define CHANNEL		1	/* the second vty */
#define CHUNK		512

/* Collects small pieces, so that the channel gets its 16 bytes at a time. */
struct channel_out {
	struct trace_out out;
	char buf[CHUNK];
	unsigned int fill;
};

static void channel_flush(struct channel_out *c)
{
	int err = console_channel_write(CHANNEL, c->buf, c->fill);

	if (err && !c->out.err)
		c->out.err = err;
	c->fill = 0;
}

static void channel_put(struct trace_out *out, const char *s, size_t n)
{
	struct channel_out *c = container_of(out, struct channel_out, out);

	while (n--) {
		c->buf[c->fill++] = *s++;
		if (c->fill == CHUNK)
			channel_flush(c);
	}
}

static int write_out(const struct trace_chrome *t)
{
	struct channel_out c = { .out.write = channel_put };

	trace_chrome_write(t, &c.out);
	channel_flush(&c);
	return c.out.err;
}

static int export_rings(void)
{
	struct trace_chrome t = {
		.names = &trace_kernel_names,
		.pair = { -1, -1 },
		.ticks_per_us = (unsigned int)(boot_info.tb_freq / 1000000),
	};
	struct trace_log log;
	int err = trace_ring_log(&log);

	if (err)
		return err;
	t.log = &log;
	err = log.n ? write_out(&t) : -ENODATA;
	trace_ring_log_free(&log);
	return err;
}

int trace_export(void)
{
	const struct trace_log *log = trace_run_log();
	struct trace_chrome t = {
		.log = log,
		.names = &trace_kernel_names,
		.pair = trace_find_pair(log, 0),
	};
	int err = console_channel_write(CHANNEL, NULL, 0);

	if (err)
		return err;
	return log->n ? write_out(&t) : export_rings();
}
