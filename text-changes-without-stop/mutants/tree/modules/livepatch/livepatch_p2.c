// SPDX-License-Identifier: GPL-2.0
/* Patch P2 of the lesson. */
#define NR	2
#define A	a2
#define B	b2
#include "patch.h"
