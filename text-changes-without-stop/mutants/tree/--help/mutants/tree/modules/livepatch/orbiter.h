/* SPDX-License-Identifier: GPL-2.0 */
/* What livepatch_orbiter and the patch for it know of each other. */
#define PUSH_LBFS		100
#define NS_PER_100_LBFS		445	/* newton seconds */
#define PUSH_NS			(PUSH_LBFS * NS_PER_100_LBFS / 100)
