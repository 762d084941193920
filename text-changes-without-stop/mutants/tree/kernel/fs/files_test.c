// SPDX-License-Identifier: GPL-2.0
/* Opening by name, the descriptors it gives out, and every way of getting them wrong. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define ROOM	(NR_OPEN - FIRST_FD)

static struct {
	int opens, releases;
	int open_error;		/* what open() is to return */
	long close_again;	/* a descriptor for release() to close, 0 for none */
	long close_error;
	char text[8];
} dev;

static int dev_open(struct inode *inode, struct file *file)
{
	dev.opens++;
	return dev.open_error;
}

static int dev_release(struct inode *inode, struct file *file)
{
	dev.releases++;
	if (dev.close_again)
		dev.close_error = sys_close(dev.close_again);
	return 0;
}

static ssize_t dev_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	return simple_read_from_buffer(buf, size, pos, dev.text, sizeof(dev.text));
}

static ssize_t dev_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	return simple_write_to_buffer(dev.text, sizeof(dev.text), pos, buf, size);
}

static const struct file_operations dev_fops = {
	.open = dev_open, .read = dev_read, .write = dev_write, .release = dev_release,
};
static const struct file_operations mute_fops = { .owner = NULL };

static int files_init(struct kunit *test)
{
	memset(&dev, 0, sizeof(dev));
	return min(register_chrdev(0, "testdev", &dev_fops), 0);
}

/* Return: the number that the name had, 0 if it was not registered. */
static unsigned int unregister(const char *name)
{
	for (unsigned int major = 1; major < 256; major++)
		if (!unregister_chrdev(major, name))
			return major;
	return 0;
}

static void files_exit(struct kunit *test)
{
	unregister("testdev");
}

static void what_is_written_is_read(struct kunit *test)
{
	char buf[16];
	long fd = sys_open("testdev", O_RDWR), again;

	KUNIT_ASSERT_GE(test, fd, (long)FIRST_FD);
	KUNIT_EXPECT_EQ(test, sys_write(fd, "stopgap", 8), 8l);
	KUNIT_EXPECT_EQ(test, sys_write(fd, "x", 1), 0l);
	again = sys_open("testdev", O_RDWR);
	KUNIT_EXPECT_EQ(test, sys_read(again, buf, sizeof(buf)), 8l);
	KUNIT_EXPECT_STREQ(test, buf, "stopgap");
	KUNIT_EXPECT_EQ(test, sys_read(again, buf, sizeof(buf)), 0l);
	KUNIT_EXPECT_EQ(test, sys_close(again), 0l);
	KUNIT_EXPECT_EQ(test, sys_close(fd), 0l);
	KUNIT_EXPECT_EQ(test, dev.opens, 2);
	KUNIT_EXPECT_EQ(test, dev.releases, 2);
}

static void a_bad_descriptor_is_refused(struct kunit *test)
{
	static const unsigned int bad[] = { 0, 1, 2, FIRST_FD + 700, NR_OPEN - 1, NR_OPEN, ~0u };
	char c;

	for (unsigned int i = 0; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_EQ(test, sys_read(bad[i], &c, 1), (long)-EBADF);
		KUNIT_EXPECT_EQ(test, sys_write(bad[i], &c, 1), (long)-EBADF);
		KUNIT_EXPECT_EQ(test, sys_close(bad[i]), (long)-EBADF);
	}
}

static void closed_twice_is_released_once(struct kunit *test)
{
	long fd = sys_open("testdev", O_RDONLY);
	char c;

	KUNIT_EXPECT_EQ(test, sys_close(fd), 0l);
	KUNIT_EXPECT_EQ(test, sys_close(fd), (long)-EBADF);
	KUNIT_EXPECT_EQ(test, sys_read(fd, &c, 1), (long)-EBADF);
	KUNIT_EXPECT_EQ(test, dev.releases, 1);
}

static void what_is_being_released_is_closed_already(struct kunit *test)
{
	dev.close_again = sys_open("testdev", O_RDONLY);
	KUNIT_ASSERT_GE(test, dev.close_again, (long)FIRST_FD);
	KUNIT_EXPECT_EQ(test, sys_close(dev.close_again), 0l);
	KUNIT_EXPECT_EQ(test, dev.close_error, (long)-EBADF);
	KUNIT_EXPECT_EQ(test, dev.releases, 1);
}

static void what_a_file_was_not_opened_for_is_refused(struct kunit *test)
{
	long reader = sys_open("testdev", O_RDONLY), writer = sys_open("testdev", O_WRONLY);
	char c = 0;

	KUNIT_EXPECT_EQ(test, sys_write(reader, &c, 1), (long)-EBADF);
	KUNIT_EXPECT_EQ(test, sys_read(writer, &c, 1), (long)-EBADF);
	sys_close(reader);
	sys_close(writer);
}

static void a_device_need_not_do_anything(struct kunit *test)
{
	char c = 0;
	long fd;

	KUNIT_ASSERT_GT(test, register_chrdev(0, "mute", &mute_fops), 0);
	fd = sys_open("mute", O_RDWR);
	KUNIT_EXPECT_EQ(test, sys_read(fd, &c, 1), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, sys_write(fd, &c, 1), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, sys_close(fd), 0l);
	KUNIT_EXPECT_NE(test, unregister("mute"), 0u);
}

static void an_open_that_fails_takes_no_descriptor(struct kunit *test)
{
	long fd = sys_open("testdev", O_RDWR);

	sys_close(fd);
	KUNIT_EXPECT_EQ(test, sys_open("no such device", O_RDWR), (long)-ENXIO);
	dev.open_error = -EBUSY;
	KUNIT_EXPECT_EQ(test, sys_open("testdev", O_RDWR), (long)-EBUSY);
	KUNIT_EXPECT_EQ(test, dev.releases, 1);
	dev.open_error = 0;
	KUNIT_EXPECT_EQ(test, sys_open("testdev", O_RDWR), fd);
	sys_close(fd);
}

static void the_table_fills_up_and_empties(struct kunit *test)
{
	static long fds[ROOM];
	long n, closed = 0;

	for (n = 0; n < ROOM; n++) {
		fds[n] = sys_open("testdev", O_RDONLY);
		if (fds[n] < 0)
			break;
	}
	KUNIT_EXPECT_GE(test, n, 1000l);
	KUNIT_EXPECT_EQ(test, sys_open("testdev", O_RDONLY), (long)-EMFILE);
	KUNIT_EXPECT_EQ(test, dev.opens, (int)n);
	while (closed < n && !sys_close(fds[closed]))
		closed++;
	KUNIT_EXPECT_EQ(test, closed, n);
	KUNIT_EXPECT_EQ(test, dev.releases, (int)n);
}

static void names_and_numbers_are_unique(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, register_chrdev(0, "testdev", &dev_fops), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev(77, "other", &dev_fops), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev(77, "third", &dev_fops), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev(256, "third", &dev_fops), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_chrdev(78, NULL, &dev_fops), -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(77, "third"), -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(1000, "other"), -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(77, "other"), 0);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(77, "other"), -EINVAL);
}

static int super_error;
static int supers;

static void test_put_super(struct super_block *sb)
{
	supers--;
}

static const struct super_operations test_sops = { .put_super = test_put_super };

static int test_read_super(struct super_block *sb, void *data, int silent)
{
	if (super_error)
		return super_error;
	supers++;
	sb->s_op = &test_sops;
	return 0;
}

static struct file_system_type test_fs = { .name = "testfs", .read_super = test_read_super };
static struct file_system_type other_fs = { .name = "testfs", .read_super = test_read_super };
static struct file_system_type bad_fs = { .name = "badfs" };

static void types_of_file_systems_are_unique(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, register_filesystem(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_filesystem(&bad_fs), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_filesystem(&test_fs), 0);
	KUNIT_EXPECT_EQ(test, register_filesystem(&other_fs), -EBUSY);
	KUNIT_EXPECT_EQ(test, unregister_filesystem(&other_fs), -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_filesystem(&test_fs), 0);
	KUNIT_EXPECT_EQ(test, unregister_filesystem(&test_fs), -EINVAL);
}

static void file_systems_are_mounted_and_unmounted(struct kunit *test)
{
	struct kstatfs st;

	KUNIT_ASSERT_EQ(test, register_filesystem(&test_fs), 0);
	KUNIT_EXPECT_EQ(test, sys_statfs("testfs", &st), (long)-ENOSYS);
	KUNIT_EXPECT_EQ(test, supers, 0);
	KUNIT_EXPECT_EQ(test, sys_mount("testfs", "t1"), 0l);
	KUNIT_EXPECT_EQ(test, sys_mount("testfs", "t1"), (long)-EBUSY);
	KUNIT_EXPECT_EQ(test, sys_mount("testfs", "t2"), 0l);
	KUNIT_EXPECT_EQ(test, supers, 2);
	super_error = -EIO;
	KUNIT_EXPECT_EQ(test, sys_mount("testfs", "t3"), (long)-EIO);
	super_error = 0;
	KUNIT_EXPECT_EQ(test, sys_mount("nosuchfs", "t3"), (long)-ENODEV);
	KUNIT_EXPECT_EQ(test, sys_mount("testfs", "a name that is longer than any mount's"), (long)-ENAMETOOLONG);
	KUNIT_EXPECT_EQ(test, sys_umount("t3"), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, sys_umount("t1"), 0l);
	KUNIT_EXPECT_EQ(test, sys_umount("t1"), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, sys_umount("t2"), 0l);
	KUNIT_EXPECT_EQ(test, supers, 0);
	KUNIT_EXPECT_EQ(test, unregister_filesystem(&test_fs), 0);
}

static void mounts_run_out(struct kunit *test)
{
	char name[8];
	long err = 0;
	int n = 0;

	KUNIT_ASSERT_EQ(test, register_filesystem(&test_fs), 0);
	while (!err && n < 100) {
		snprintf(name, sizeof(name), "m%d", n);
		err = sys_mount("testfs", name);
		n += !err;
	}
	KUNIT_EXPECT_EQ(test, err, (long)-ENOSPC);
	KUNIT_EXPECT_EQ(test, supers, n);
	while (n--) {
		snprintf(name, sizeof(name), "m%d", n);
		KUNIT_EXPECT_EQ(test, sys_umount(name), 0l);
	}
	unregister_filesystem(&test_fs);
}

static struct kunit_case files_cases[] = {
	KUNIT_CASE(what_is_written_is_read),
	KUNIT_CASE(a_bad_descriptor_is_refused),
	KUNIT_CASE(closed_twice_is_released_once),
	KUNIT_CASE(what_is_being_released_is_closed_already),
	KUNIT_CASE(what_a_file_was_not_opened_for_is_refused),
	KUNIT_CASE(a_device_need_not_do_anything),
	KUNIT_CASE(an_open_that_fails_takes_no_descriptor),
	KUNIT_CASE(the_table_fills_up_and_empties),
	KUNIT_CASE(names_and_numbers_are_unique),
	KUNIT_CASE(types_of_file_systems_are_unique),
	KUNIT_CASE(file_systems_are_mounted_and_unmounted),
	KUNIT_CASE(mounts_run_out),
	{}
};

static struct kunit_suite files_suite = {
	.name = "files", .init = files_init, .exit = files_exit, .test_cases = files_cases,
};
kunit_test_suite(files_suite);
