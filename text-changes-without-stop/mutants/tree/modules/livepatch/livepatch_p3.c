// SPDX-License-Identifier: GPL-2.0
/* Patch P3 of the lesson. */
#define NR	3
#define A	a3
#define B	b3
#include "patch.h"
