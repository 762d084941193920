/* SPDX-License-Identifier: GPL-2.0 */
/* What the shim's own files share. */
#ifndef _HV_INTERNAL_H
#define _HV_INTERNAL_H

#include <linux/prandom.h>
#include <stopgap/hv.h>

/**
 * struct hv_cpu - the shim's view of one CPU; touched by that CPU alone, MSR[EE] off
 * @rnd: its random numbers
 * @steps_left: instructions to step before the steal; 0 = not stepping towards one
 * @stepping_over: the breakpoint's instruction is being stepped; put the trap back afterwards
 * @stat: what was stolen
 */
struct hv_cpu {
	struct rnd_state rnd;
	unsigned int steps_left;
	bool stepping_over;
	struct hv_stat stat;
};

struct hv_cpu *hv_this_cpu(void);

/* Take the CPU away, at @nip, for a random time in [min_us, max_us]. Context: MSR[EE] off. */
void hv_steal_now(struct hv_cpu *hc, unsigned long nip, unsigned int min_us, unsigned int max_us);

/* The breakpoint's instruction has been stepped: put the trap back. Context: MSR[EE] off. */
void hv_breakpoint_rearm(struct hv_cpu *hc);

#endif
