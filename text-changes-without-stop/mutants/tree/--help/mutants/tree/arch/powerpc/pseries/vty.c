// SPDX-License-Identifier: GPL-2.0
/*
 * The virtual terminal (LoPAPR 16.5.2): 16 bytes a hypercall, both ways. Terminal 0 is the lowest vty. Further ones
 * are for output to programs; they go by their unit addresses, which QEMU counts up from the first.
 *
 * Input: the interrupt comes only when QEMU's buffer goes from empty to not empty, so whoever reads must read until
 * nothing is left. What does not fit into the ring stays in QEMU, which makes the sender wait; a reader that empties
 * the ring fetches the rest itself. So a paste of any length loses nothing.
 */
#include <asm/hvcall.h>
#include <asm/setup.h>
#include <asm/xics.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <stopgap/console.h>

#define VTY_CHUNK	16
#define VTY_IRQ_SOURCE	0x1100
#define VTY_UNIT_ADDRESS	0x71000000ul	/* of the console; the next channel has the next */
#define RX_SIZE		4096

static char rx_ring[RX_SIZE];
static unsigned int rx_head, rx_tail;	/* free-running; filled at head, under rx_lock */
static DEFINE_SPINLOCK(rx_lock);
static DECLARE_WAIT_QUEUE_HEAD(rx_wait);

static long put_chunk(unsigned long termno, const char *s, unsigned int n)
{
	unsigned long word[2] = { 0, 0 };
	long status;

	memcpy(word, s, n);
	do {
		status = plpar_hcall_norets(H_PUT_TERM_CHAR, termno, (unsigned long)n, word[0], word[1]);
	} while (status == H_BUSY);
	return status;
}

static void vty_write(struct console *con, const char *s, unsigned int n)
{
	char chunk[VTY_CHUNK];
	unsigned int i, fill = 0;

	for (i = 0; i < n; i++) {
		if (s[i] == '\n')
			chunk[fill++] = '\r';
		if (fill == VTY_CHUNK) {
			put_chunk(0, chunk, fill);
			fill = 0;
		}
		chunk[fill++] = s[i];
		if (fill == VTY_CHUNK) {
			put_chunk(0, chunk, fill);
			fill = 0;
		}
	}
	if (fill)
		put_chunk(0, chunk, fill);
}

/**
 * console_channel_write() - write to a serial channel that is not the console
 * @channel: 1 is the second vty
 * @s: bytes, sent as they are
 * @n: how many; 0 only asks whether the channel is there
 *
 * Context: any. Return: 0, or -ENODEV if there is no such channel.
 */
int console_channel_write(unsigned int channel, const char *s, size_t n)
{
	unsigned long termno = VTY_UNIT_ADDRESS + channel;

	do {
		unsigned int len = (unsigned int)min(n, (size_t)VTY_CHUNK);

		if (put_chunk(termno, s, len) != H_SUCCESS)
			return -ENODEV;
		s += len;
		n -= len;
	} while (n);
	return 0;
}

static struct console vty_console = { .name = "hvc0", .write = vty_write };

/* Move what QEMU holds into the ring, as far as it fits. Return: whether anything came. */
static bool rx_fill(void)
{
	unsigned int start = rx_head;
	unsigned long ret[4];

	while (RX_SIZE - (rx_head - rx_tail) >= VTY_CHUNK) {
		unsigned long i, len;

		if (plpar_hcall(H_GET_TERM_CHAR, ret, 0ul) != H_SUCCESS || !ret[0])
			break;
		len = min(ret[0], (unsigned long)VTY_CHUNK);
		for (i = 0; i < len; i++)
			rx_ring[rx_head++ % RX_SIZE] = ((const char *)&ret[1])[i];
	}
	return rx_head != start;
}

/* The upcall: the terminal has input. Context: interrupt. */
void console_rx_interrupt(void)
{
	bool some;

	spin_lock(&rx_lock);
	some = rx_fill();
	spin_unlock(&rx_lock);
	if (some)
		wake_up(&rx_wait);
}

/**
 * console_poll_read() - take what has been typed
 * @buf: where to
 * @n: room in it
 *
 * Context: any. Return: number of bytes, 0 if none are there.
 */
size_t console_poll_read(char *buf, size_t n)
{
	unsigned long flags;
	size_t done = 0;

	spin_lock_irqsave(&rx_lock, flags);
	if (rx_head == rx_tail)
		rx_fill();
	while (done < n && rx_tail != rx_head)
		buf[done++] = rx_ring[rx_tail++ % RX_SIZE];
	spin_unlock_irqrestore(&rx_lock, flags);
	return done;
}

/**
 * console_read() - wait for input
 * @buf: where to
 * @n: room in it, at least 1
 *
 * Context: thread, may sleep. Return: number of bytes, at least 1.
 */
size_t console_read(char *buf, size_t n)
{
	size_t got;

	wait_event(rx_wait, (got = console_poll_read(buf, n)) > 0);
	return got;
}

/**
 * console_read_timeout() - wait for input, but not for ever
 * @buf: where to
 * @n: room in it, at least 1
 * @timeout: jiffies
 *
 * Context: thread, may sleep. Return: number of bytes, 0 if none have come in that time.
 */
size_t console_read_timeout(char *buf, size_t n, long timeout)
{
	size_t got;

	wait_event_timeout(rx_wait, (got = console_poll_read(buf, n)) > 0, timeout);
	return got;
}

int console_poll_getc(void)
{
	unsigned char c;

	return console_poll_read((char *)&c, 1) ? c : -EAGAIN;
}

int console_getc(void)
{
	unsigned char c;

	console_read((char *)&c, 1);
	return c;
}

/* Output works at once, in real mode. */
void __init vty_init(void)
{
	register_console(&vty_console);
}

/* Input by interrupt, on this CPU. */
void __init vty_enable_interrupt(void)
{
	int status = xics_route(VTY_IRQ_SOURCE, local_paca->hw_id);

	if (status)
		pr_err("vty: no interrupt: RTAS ibm,set-xive says %d\n", status);
	console_rx_interrupt();
}
