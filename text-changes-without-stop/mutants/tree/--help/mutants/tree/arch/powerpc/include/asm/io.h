/* SPDX-License-Identifier: GPL-2.0 */
/* Included by many modules that touch no device. There is no device here whose registers a module could map. */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/types.h>

#endif
