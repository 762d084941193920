// SPDX-License-Identifier: GPL-2.0
/*
 * A file system called foo, with nothing in it.
 *
 * statfs and mount reach foo_read_super() by name. It counts first and sleeps then, and lowers the count if it fails.
 * Each instance is a token: foo_put_super() gives its use back.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

#define FOOFS_MAGIC	0xf00f5

/* What an instance would have to remember. */
struct foo_sb_info {
	u64 blocks, bfree;
};

static int foo_statfs(struct super_block *sb, struct kstatfs *buf)
{
	const struct foo_sb_info *info = sb->s_fs_info;

	buf->f_type = FOOFS_MAGIC;
	buf->f_bsize = 4096;
	buf->f_blocks = info->blocks;
	buf->f_bfree = info->bfree;
	buf->f_namelen = 255;
	return 0;
}

static void foo_put_super(struct super_block *sb)
{
	kfree(sb->s_fs_info);
	MOD_DEC_USE_COUNT;
}

static const struct super_operations foo_sops = {
	.statfs = foo_statfs,
	.put_super = foo_put_super,
};

static int foo_read_super(struct super_block *sb, void *data, int silent)
{
	struct foo_sb_info *info;

	MOD_INC_USE_COUNT;
	info = kmalloc(sizeof(*info), GFP_KERNEL);
	if (!info) {
		MOD_DEC_USE_COUNT;
		return -ENOMEM;
	}
	*info = (struct foo_sb_info){ .blocks = 1000, .bfree = 990 };
	sb->s_fs_info = info;
	sb->s_op = &foo_sops;
	return 0;
}

static struct file_system_type foo_fs_type = {
	.name = "foo",
	.owner = THIS_MODULE,
	.read_super = foo_read_super,
};

static int __init foofs_init(void)
{
	return register_filesystem(&foo_fs_type);
}

static void __exit foofs_exit(void)
{
	unregister_filesystem(&foo_fs_type);
}

module_init(foofs_init);
module_exit(foofs_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A file system that is not unloaded while somebody uses it");
