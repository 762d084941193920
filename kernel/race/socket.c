// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod against socket() (2000).
 *
 * sock_create() called the family's create() without the big kernel lock. inet6_create() counts first of all, and
 * still comes too late: it can be unloaded before its first instruction.
 *
 *	lock=bkl|none		whether sock_create() takes the lock
 *	get=mod_inc|owner	who counts: the module, or sock_create() with try_module_get(), as from 2003 on
 *	op=open|close		whether what rmmod meets is a socket being made, or one being closed
 *
 * Oracle: as in unload.c.
 */
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/syscalls.h>
#include <stopgap/service.h>

#include "by_name.h"

static long make_socket(void)
{
	return sys_socket(AF_INET6, SOCK_STREAM, 0);
}

static void close_socket(long fd)
{
	sys_close((unsigned int)fd);
}

static const struct by_name_subject inet6 = {
	"inet6", NULL, &socket_service, false, make_socket, close_socket,
};

static const struct race_axis axes[] = { BY_NAME_AXES };

static int setup(struct race_run *run)
{
	return by_name_setup(&inet6);
}

static const char *const rows[] = {
	"lock=none get=mod_inc",
	"lock=bkl get=mod_inc",
	"lock=none get=owner",
	"lock=none get=mod_inc op=close",
	"lock=bkl get=mod_inc op=close",
	"lock=none get=owner op=close",
	NULL
};

static const struct race_scenario socket_scenario = {
	.name = "socket",
	.story = "rmmod while a socket of its family is made: sock_create() takes no lock (2000)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = by_name_participants,
	.nr_participants = ARRAY_SIZE(by_name_participants),
	.crowd = true,
	.rows = rows,
	.setup = setup,
	.prepare = by_name_prepare,
	.finish = by_name_finish,
	.teardown = by_name_teardown,
};
RACE_SCENARIO(socket_scenario);
