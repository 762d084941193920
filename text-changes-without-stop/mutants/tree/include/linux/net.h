/* SPDX-License-Identifier: GPL-2.0 */
/* Socket families, which modules bring, and sockets, which have a file descriptor. */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

#include <linux/socket.h>
#include <linux/types.h>

struct module;
struct socket;

/**
 * struct proto_ops - what a socket can do; NULL is "cannot", or "nothing to do" for release
 * @family: AF_*
 * @release: it is not used any more
 * @sendmsg: take @size bytes
 * @recvmsg: give at most @size bytes
 */
struct proto_ops {
	int family;
	int (*release)(struct socket *sock);
	ssize_t (*sendmsg)(struct socket *sock, const char __user *buf, size_t size);
	ssize_t (*recvmsg)(struct socket *sock, char __user *buf, size_t size);
};

/**
 * struct socket - one socket
 * @type: SOCK_*
 * @ops: set by create()
 * @sk: for the family
 */
struct socket {
	short type;
	const struct proto_ops *ops;
	void *sk;
};

/**
 * struct net_proto_family - a family of sockets
 * @family: AF_*
 * @create: make one. Return: 0 or a negative errno
 * @owner: the module it is in: held while there is a socket, if the service's get=owner
 */
struct net_proto_family {
	int family;
	int (*create)(struct socket *sock, int protocol);
	struct module *owner;
};

/* Context: any but interrupts. Return: 0; -EINVAL; -EEXIST the family is there already. */
int sock_register(const struct net_proto_family *family);
/* From now on it is not found any more. Return: 0, or -ENOENT. */
int sock_unregister(int family);

#endif
