/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Values that show where a stale pointer came from. All fault: nothing is ever mapped below 2^52.
 */
#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

#define LIST_POISON1	((void *)0x100)
#define LIST_POISON2	((void *)0x122)

#define POISON_FREE	0x6b	/* freed heap memory */
#define POISON_INUSE	0x5a	/* allocated, never written */

#endif
