/* SPDX-License-Identifier: GPL-2.0 */
/* Families and types of sockets. */
#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H

#define AF_UNIX		1
#define AF_INET		2
#define AF_INET6	10
#define AF_MAX		32

#define PF_UNIX		AF_UNIX
#define PF_INET		AF_INET
#define PF_INET6	AF_INET6

#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3

#endif
