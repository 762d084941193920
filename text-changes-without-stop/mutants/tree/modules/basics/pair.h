/* SPDX-License-Identifier: GPL-2.0 */
/* Between the two files of pair.ko. */
#ifndef _PAIR_H
#define _PAIR_H

int pair_helper(void);

#endif
