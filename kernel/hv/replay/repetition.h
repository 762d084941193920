/* SPDX-License-Identifier: GPL-2.0 */
/* A failure that is brought about again, in a session of its own. */
#ifndef _HV_SHARED_REPETITION_H
#define _HV_SHARED_REPETITION_H

#include <stopgap/minimise.h>
#include <stopgap/race.h>

/**
 * struct repetition - what is to be done, and what came of it
 * @probe: its run
 * @schedule: how it comes about; what a replay learns of it is filled in
 * @what: how it went wrong; NULL = whatever goes wrong
 * @times: how often it is replayed besides; afterwards, how often it was
 * @identical: how many of these went the same way, point by point
 * @ns: what shortening it took
 * @ret: 1 if the last replay went wrong, 0 if not, or an errno
 * @interrupted: ^C has ended it before it was through
 * @deaf: it goes on all the same
 * @m: shortens @schedule first; without @budget it does not
 */
struct repetition {
	struct race_run *probe;
	struct schedule *schedule;
	const char *what;
	unsigned int times, identical;
	u64 ns;
	int ret;
	bool interrupted, deaf;
	struct minimiser m;
};

/*
 * Do it; the last replay is recorded. The axes of @r->probe are in force. Context: thread, may sleep. Return: 1 if it
 * went wrong at last, 0 or an errno if not.
 */
int run_repetition(struct repetition *r);

#endif
