/* SPDX-License-Identifier: GPL-2.0 */
/* What is done with a hit once it has been found. */
#ifndef _HV_SHARED_FAILURE_H
#define _HV_SHARED_FAILURE_H

#include <stopgap/explore.h>
#include <stopgap/schedule.h>

/*
 * Shorten the first hit of the exploration @d, which is over, print how to replay it, and tell its
 * story. The axes of @run are in force. ^C ends the shortening, unless that is what has ended the
 * search, @interrupted. Context: thread, may sleep. Return: 1; 0 if it does not happen again, or an
 * errno.
 */
int failure_report(const struct race_run *run, struct dispatch *d, bool interrupted);

/* The replay string of the first hit of @d, as short as failure_report() has made it. Return: 0 or -ENOSPC. */
int failure_format(const struct race_run *run, const struct dispatch *d, char *buf, size_t size);

/*
 * The same, but only the replay string. Return: from kmalloc(); NULL if there is no memory, or the
 * hit does not happen again.
 */
char *failure_string(const struct race_run *run, struct dispatch *d);

/* Print what "race replay" takes to bring @s about again, in both its forms. Context: thread. */
void failure_print(const struct race_run *run, const struct schedule *s);

/* A number for the kernel as it was linked, and the files of its ramdisk. Context: thread. */
u32 failure_image_hash(void);

#endif
