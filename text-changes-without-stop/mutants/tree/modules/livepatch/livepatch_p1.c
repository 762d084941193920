// SPDX-License-Identifier: GPL-2.0
/* Patch P1 of the lesson. */
#define NR	1
#define A	a1
#define B	b1
#include "patch.h"
