/* SPDX-License-Identifier: GPL-2.0 */
/* Waiting for time to pass: busily (udelay) or asleep (msleep). None of them ever returns early. */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

void ndelay(unsigned long nsecs);
void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);

void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);
void usleep_range(unsigned long min, unsigned long max);
void ssleep(unsigned int seconds);
void fsleep(unsigned long usecs);

#endif
