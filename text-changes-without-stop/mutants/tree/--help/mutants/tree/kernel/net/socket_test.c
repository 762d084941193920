// SPDX-License-Identifier: GPL-2.0
/* Families come and go, and a socket that could not be made takes no descriptor. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/net.h>
#include <linux/syscalls.h>

#define AF_TEST	31

static int create_error, sockets;

static int test_release(struct socket *sock)
{
	sockets--;
	return 0;
}

static const struct proto_ops test_ops = { .family = AF_TEST, .release = test_release };

static int test_create(struct socket *sock, int protocol)
{
	if (create_error)
		return create_error;
	sockets++;
	sock->ops = protocol ? NULL : &test_ops;
	return 0;
}

static const struct net_proto_family test_family = { .family = AF_TEST, .create = test_create };
static const struct net_proto_family far_family = { .family = AF_MAX, .create = test_create };
static const struct net_proto_family empty_family = { .family = AF_TEST };

static void families_are_unique(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sock_register(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, sock_register(&far_family), -EINVAL);
	KUNIT_EXPECT_EQ(test, sock_register(&empty_family), -EINVAL);
	KUNIT_EXPECT_EQ(test, sock_register(&test_family), 0);
	KUNIT_EXPECT_EQ(test, sock_register(&test_family), -EEXIST);
	KUNIT_EXPECT_EQ(test, sock_unregister(AF_TEST), 0);
	KUNIT_EXPECT_EQ(test, sock_unregister(AF_TEST), -ENOENT);
	KUNIT_EXPECT_EQ(test, sock_unregister(-1), -ENOENT);
}

static void sockets_are_made_and_closed(struct kunit *test)
{
	long fd, bare;
	char c = 0;

	KUNIT_ASSERT_EQ(test, sock_register(&test_family), 0);
	fd = sys_socket(AF_TEST, SOCK_STREAM, 0);
	bare = sys_socket(AF_TEST, SOCK_STREAM, 1);
	KUNIT_EXPECT_EQ(test, sockets, 2);
	KUNIT_EXPECT_EQ(test, sys_read(fd, &c, 1), (long)-EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, sys_write(bare, &c, 1), (long)-EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, sys_close(fd), 0l);
	KUNIT_EXPECT_EQ(test, sockets, 1);
	KUNIT_EXPECT_EQ(test, sys_close(bare), 0l);
	KUNIT_EXPECT_EQ(test, sys_close(bare), (long)-EBADF);
	sockets = 0;
	create_error = -ENOBUFS;
	KUNIT_EXPECT_EQ(test, sys_socket(AF_TEST, SOCK_STREAM, 0), (long)-ENOBUFS);
	create_error = 0;
	KUNIT_EXPECT_EQ(test, sock_unregister(AF_TEST), 0);
	KUNIT_EXPECT_EQ(test, sys_socket(AF_TEST, SOCK_STREAM, 0), (long)-EAFNOSUPPORT);
	KUNIT_EXPECT_EQ(test, sys_socket(AF_MAX, SOCK_STREAM, 0), (long)-EAFNOSUPPORT);
	KUNIT_EXPECT_EQ(test, sys_socket(-1, SOCK_STREAM, 0), (long)-EAFNOSUPPORT);
}

static struct kunit_case socket_cases[] = {
	KUNIT_CASE(families_are_unique),
	KUNIT_CASE(sockets_are_made_and_closed),
	{}
};

static struct kunit_suite socket_suite = { .name = "socket", .test_cases = socket_cases };
kunit_test_suite(socket_suite);
