// SPDX-License-Identifier: GPL-2.0
/* Explored code: each access is a scheduling point. */
#define TSAN(name)		__tsan_##name
#define ACCESS(addr, size, how)	access(addr, size, how, (unsigned long)__builtin_return_address(0))

#include "tsan_calls.h"
