// SPDX-License-Identifier: GPL-2.0
/* The shell's statfs, mount and umount. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "../shell/shell.h"

static int usage(const char *text)
{
	cprintf("usage: %s\n", text);
	return -EINVAL;
}

static int fail(const char *cmd, const char *arg, long err)
{
	if (err)
		cprintf("%s: %s: %s (err %ld)\n", cmd, arg, shell_strerror((int)err), err);
	return (int)err;
}

static int statfs_command(int argc, char **argv)
{
	struct kstatfs st;
	long err;

	if (argc != 2)
		return usage("statfs TYPE");
	err = sys_statfs(argv[1], &st);
	if (!err)
		cprintf("%s: type %lx, %llu of %llu blocks of %ld free, %llu files\n", argv[1], st.f_type, st.f_bfree,
			st.f_blocks, st.f_bsize, st.f_files);
	return fail("statfs", argv[1], err);
}
SHELL_COMMAND(statfs, statfs_command, NULL, "TYPE", "ask a type of file system how it is");

static int mount_command(int argc, char **argv)
{
	if (argc != 3)
		return usage("mount TYPE NAME");
	return fail("mount", argv[1], sys_mount(argv[1], argv[2]));
}
SHELL_COMMAND(mount, mount_command, NULL, "TYPE NAME", "mount a file system of a type under a name");

static int umount_command(int argc, char **argv)
{
	if (argc != 2)
		return usage("umount NAME");
	return fail("umount", argv[1], sys_umount(argv[1]));
}
SHELL_COMMAND(umount, umount_command, NULL, "NAME", "unmount what is mounted under a name");
