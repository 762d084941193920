// SPDX-License-Identifier: GPL-2.0
/* What error numbers mean, for people. */
#include <linux/errno.h>
#include <linux/kernel.h>

#include "shell.h"

static const char *const meanings[] = {
	[EPERM] = "Operation not permitted",
	[ENOENT] = "No such file or directory",
	[ESRCH] = "No such process",
	[EINTR] = "Interrupted",
	[EIO] = "Input/output error",
	[ENXIO] = "No such device or address",
	[E2BIG] = "Argument list too long",
	[ENOEXEC] = "Exec format error",
	[EBADF] = "Bad file descriptor",
	[EAGAIN] = "Try again",
	[ENOMEM] = "Out of memory",
	[EACCES] = "Permission denied",
	[EFAULT] = "Bad address",
	[EBUSY] = "Device or resource busy",
	[EEXIST] = "File exists",
	[ENODEV] = "No such device",
	[ENOTDIR] = "Not a directory",
	[EISDIR] = "Is a directory",
	[EINVAL] = "Invalid argument",
	[EMFILE] = "Too many open files",
	[EFBIG] = "File too large",
	[ENOSPC] = "No space left",
	[ESPIPE] = "Illegal seek",
	[EDOM] = "Argument out of domain",
	[ERANGE] = "Result out of range",
	[EDEADLK] = "Deadlock",
	[ENAMETOOLONG] = "Name too long",
	[ENOSYS] = "Function not implemented",
	[ELOOP] = "Too many levels",
	[ENODATA] = "No data",
	[ETIME] = "Timer expired",
	[EPROTO] = "Protocol error",
	[EBADMSG] = "Not a data message",
	[EOVERFLOW] = "Value too large",
	[EILSEQ] = "Illegal byte sequence",
	[EOPNOTSUPP] = "Operation not supported",
	[EMSGSIZE] = "Message too long",
	[EAFNOSUPPORT] = "Address family not supported",
	[ENOBUFS] = "No buffer space available",
	[ETIMEDOUT] = "Timed out",
	[EALREADY] = "Already in progress",
	[ECANCELED] = "Canceled",
	[ENOKEY] = "Required key not available",
	[EKEYREJECTED] = "Key was rejected",
};

const char *shell_strerror(int err)
{
	unsigned int number = abs(err);

	if (number >= ARRAY_SIZE(meanings) || !meanings[number])
		return "error";
	return meanings[number];
}
