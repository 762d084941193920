/* SPDX-License-Identifier: GPL-2.0 */
/* A litmus test as a race scenario. */
#ifndef _HV_SHARED_LITMUS_RUN_H
#define _HV_SHARED_LITMUS_RUN_H

#include <stopgap/race.h>

#include "litmus.h"

/* Make @scenario one whose hit is the outcome of @test. One at a time. Context: thread. */
void litmus_scenario(const struct litmus_test *test, struct race_scenario *scenario);

#endif
