/* SPDX-License-Identifier: GPL-2.0 */
/* Breaking module files on purpose, the same way in the kernel and on the host. */
#ifndef _MODULE_MUTATE_H
#define _MODULE_MUTATE_H

#include <linux/prandom.h>
#include <linux/types.h>

size_t mutate_module(unsigned char *image, size_t len, struct rnd_state *rnd);

#endif
