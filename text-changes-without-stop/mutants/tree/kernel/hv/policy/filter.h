/* SPDX-License-Identifier: GPL-2.0 */
/* Which scheduling points another CPU could tell from their neighbours. */
#ifndef _HV_POLICY_FILTER_H
#define _HV_POLICY_FILTER_H

#include <stopgap/dispatch.h>

/* Context: as the policies' own functions, see struct dispatch_policy. */
struct conflict_filter *conflict_filter_new(struct dispatch *d, enum dispatch_filter mode);
void conflict_filter_new_run(struct conflict_filter *f);
/* Learn from @p. Return: whether the policy is to be asked about it. */
bool conflict_filter_visible(struct conflict_filter *f, const struct sched_point *p);
/* How often something has become visible that was not: unequal means that earlier runs saw less. */
unsigned int conflict_filter_generation(const struct conflict_filter *f);

/* What the filter has said before does not count any more. */
void dispatch_know_nothing(struct dispatch *d);

#endif
