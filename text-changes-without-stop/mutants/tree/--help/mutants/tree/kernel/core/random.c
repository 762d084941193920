// SPDX-License-Identifier: GPL-2.0
/* The kernel's own random numbers: one sequence, stirred with the clock at each use. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static DEFINE_SPINLOCK(random_lock);
static struct rnd_state state;

u64 get_random_u64(void)
{
	unsigned long flags;
	u64 ret;

	spin_lock_irqsave(&random_lock, flags);
	state.s ^= ktime_get_ns();
	ret = prandom_u64_state(&state);
	spin_unlock_irqrestore(&random_lock, flags);
	return ret;
}
EXPORT_SYMBOL(get_random_u64);

void get_random_bytes(void *buf, size_t len)
{
	for (u8 *p = buf; len > 0; ) {
		u64 r = get_random_u64();
		size_t n = min(len, sizeof(r));

		memcpy(p, &r, n);
		p += n;
		len -= n;
	}
}
EXPORT_SYMBOL(get_random_bytes);
