/* SPDX-License-Identifier: GPL-2.0 */
/* NULL and offsetof(), under the header name Linux has them in. */
#include <linux/types.h>
