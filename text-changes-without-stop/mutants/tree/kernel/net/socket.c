// SPDX-License-Identifier: GPL-2.0
/*
 * Sockets: a number names the family, the family makes the socket, and what the caller gets is a file descriptor.
 *
 * Where open and statfs called modules under the big kernel lock in 2000, sock_create() did not.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <stopgap/files.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

/* A family is found, and with get=owner its module held, under the lock. */
static DEFINE_SPINLOCK(families_lock);
static const struct net_proto_family *families[AF_MAX];

SERVICE(socket, &service_lock_none);

int sock_register(const struct net_proto_family *family)
{
	int err = -EEXIST;

	if (!family || !family->create || (unsigned int)family->family >= AF_MAX)
		return -EINVAL;
	spin_lock(&families_lock);
	if (!families[family->family]) {
		families[family->family] = family;
		err = 0;
	}
	spin_unlock(&families_lock);
	return err;
}
EXPORT_SYMBOL(sock_register);

int sock_unregister(int family)
{
	int err = -ENOENT;

	if ((unsigned int)family >= AF_MAX)
		return -ENOENT;
	spin_lock(&families_lock);
	if (families[family]) {
		families[family] = NULL;
		err = 0;
	}
	spin_unlock(&families_lock);
	return err;
}
EXPORT_SYMBOL(sock_unregister);

/* ---- a socket as a file ---- */

static ssize_t sock_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct socket *sock = file->private_data;

	return sock->ops && sock->ops->recvmsg ? sock->ops->recvmsg(sock, buf, size) : -EOPNOTSUPP;
}

static ssize_t sock_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	struct socket *sock = file->private_data;

	return sock->ops && sock->ops->sendmsg ? sock->ops->sendmsg(sock, buf, size) : -EOPNOTSUPP;
}

static int sock_close(struct inode *inode, struct file *file)
{
	struct socket *sock = file->private_data;

	if (sock->ops && sock->ops->release)
		sock->ops->release(sock);
	return 0;
}

static const struct file_operations socket_file_ops = {
	.read = sock_read, .write = sock_write, .release = sock_close,
};

/* ---- making one ---- */

/* Find the family, and let call->get count. Context: inside @call. Return: it, or NULL. */
static const struct net_proto_family *get_family(struct file *file, int family, const struct service_call *call)
{
	const struct net_proto_family *f;

	spin_lock(&families_lock);
	f = families[family];
	if (f && call->get->get(f->owner))
		file->f_owner = f->owner;
	else
		f = NULL;
	spin_unlock(&families_lock);
	return f;
}

static int sock_create(struct file *file, int family, int protocol)
{
	const struct net_proto_family *f;
	struct service_call call;
	int err = -EAFNOSUPPORT;

	service_enter(&socket_service, &call);
	f = get_family(file, family, &call);
	if (!f)
		goto out_leave;
	file->f_get = call.get;
	usecount_calls(&call, f->create);
	file->f_module = call.module;
	err = f->create(file->private_data, protocol);
	usecount_returned(&call, err);
	if (err)
		call.get->put(file->f_owner);
out_leave:
	service_leave(&call);
	return err;
}

long sys_socket(int family, int type, int protocol)
{
	struct socket *sock;
	struct file *file;
	int err;

	if ((unsigned int)family >= AF_MAX)
		return -EAFNOSUPPORT;
	file = file_alloc(O_RDWR, sizeof(*sock));
	if (IS_ERR(file))
		return PTR_ERR(file);
	file->f_op = &socket_file_ops;
	sock = file->private_data;
	sock->type = (short)type;
	err = sock_create(file, family, protocol);
	if (!err)
		return fd_install(file);
	file_free(file);
	return err;
}
