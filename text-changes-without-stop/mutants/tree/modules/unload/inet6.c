// SPDX-License-Identifier: GPL-2.0
/*
 * A family of sockets that keeps all the rules, and is unsafe nevertheless.
 *
 * inet6_create() counts first of all. But sock_create() calls it without the big kernel lock: between the moment at
 * which the family was found and the first instruction here, nothing at all keeps the module loaded. No code in this
 * file can mend that. What does: lock_kernel() in sock_create(), or from 2003 on the owner field below, which lets
 * sock_create() count before it calls.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define ROOM	64

/* What is sent comes back. */
struct loopback {
	char data[ROOM];
	size_t len;
};

static int inet6_release(struct socket *sock)
{
	kfree(sock->sk);
	MOD_DEC_USE_COUNT;
	return 0;
}

static ssize_t inet6_sendmsg(struct socket *sock, const char __user *buf, size_t size)
{
	struct loopback *lo = sock->sk;

	if (size > ROOM)
		return -EMSGSIZE;
	if (copy_from_user(lo->data, buf, size))
		return -EFAULT;
	lo->len = size;
	return size;
}

static ssize_t inet6_recvmsg(struct socket *sock, char __user *buf, size_t size)
{
	struct loopback *lo = sock->sk;
	size_t n = min(size, lo->len);

	if (copy_to_user(buf, lo->data, n))
		return -EFAULT;
	lo->len = 0;
	return n;
}

static const struct proto_ops inet6_ops = {
	.family = PF_INET6,
	.release = inet6_release,
	.sendmsg = inet6_sendmsg,
	.recvmsg = inet6_recvmsg,
};

static int inet6_create(struct socket *sock, int protocol)
{
	MOD_INC_USE_COUNT;
	sock->sk = kzalloc(sizeof(struct loopback), GFP_KERNEL);
	if (!sock->sk) {
		MOD_DEC_USE_COUNT;
		return -ENOBUFS;
	}
	sock->ops = &inet6_ops;
	return 0;
}

static const struct net_proto_family inet6_family = {
	.family = PF_INET6,
	.create = inet6_create,
	.owner = THIS_MODULE,
};

static int __init inet6_init(void)
{
	return sock_register(&inet6_family);
}

static void __exit inet6_exit(void)
{
	sock_unregister(PF_INET6);
}

module_init(inet6_init);
module_exit(inet6_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A family of sockets, as right as a module can be by itself");
