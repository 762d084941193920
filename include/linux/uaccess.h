/* SPDX-License-Identifier: GPL-2.0 */
/* Reading memory that may not be there. */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/types.h>

/**
 * copy_from_kernel_nofault() - copy from an address that may fault
 * @dst: where to
 * @src: where from
 * @size: bytes
 *
 * Context: any, oops handlers included. Return: 0, or -EFAULT if any byte could not be read.
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);

#endif
