// SPDX-License-Identifier: GPL-2.0
/* Names of error numbers, for messages and %pe. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>

#define E(name)	[name] = "-" #name

static const char *const names[] = {
	E(EPERM), E(ENOENT), E(ESRCH), E(EINTR), E(EIO), E(ENXIO), E(E2BIG), E(ENOEXEC),
	E(EBADF), E(ECHILD), E(EAGAIN), E(ENOMEM), E(EACCES), E(EFAULT), E(ENOTBLK), E(EBUSY),
	E(EEXIST), E(EXDEV), E(ENODEV), E(ENOTDIR), E(EISDIR), E(EINVAL), E(ENFILE), E(EMFILE),
	E(ENOTTY), E(ETXTBSY), E(EFBIG), E(ENOSPC), E(ESPIPE), E(EROFS), E(EMLINK), E(EPIPE),
	E(EDOM), E(ERANGE), E(EDEADLK), E(ENAMETOOLONG), E(ENOLCK), E(ENOSYS), E(ENOTEMPTY),
	E(ELOOP), E(ENOMSG), E(ENODATA), E(ETIME), E(EPROTO), E(EBADMSG), E(EOVERFLOW), E(ENOTUNIQ),
	E(EILSEQ), E(ERESTART), E(EMSGSIZE), E(EPROTONOSUPPORT), E(EOPNOTSUPP), E(EAFNOSUPPORT),
	E(EADDRINUSE), E(EADDRNOTAVAIL), E(ENOBUFS), E(EISCONN), E(ENOTCONN), E(ESHUTDOWN), E(ETIMEDOUT),
	E(ECONNREFUSED), E(EHOSTDOWN), E(EALREADY), E(EINPROGRESS), E(ESTALE), E(EREMOTEIO),
	E(ECANCELED), E(ENOKEY), E(EKEYREJECTED), E(ERESTARTSYS), E(EPROBE_DEFER), E(ENOTSUPP),
};

const char *errname(int err)
{
	unsigned int n = err < 0 ? -(unsigned int)err : (unsigned int)err;

	return n < ARRAY_SIZE(names) ? names[n] : NULL;
}
EXPORT_SYMBOL(errname);
