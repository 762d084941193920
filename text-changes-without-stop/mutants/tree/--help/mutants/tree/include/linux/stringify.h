/* SPDX-License-Identifier: GPL-2.0 */
/* __stringify(), under the header name Linux has it in. */
#include <linux/compiler.h>
