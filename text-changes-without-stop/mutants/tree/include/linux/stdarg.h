/* SPDX-License-Identifier: GPL-2.0 */
/* Variable arguments, under the name kernel code includes. */
#ifndef _LINUX_STDARG_H
#define _LINUX_STDARG_H

#include <stdarg.h>

#endif
