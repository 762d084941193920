// SPDX-License-Identifier: GPL-2.0
/* Attributes in /sys/kernel: one that is read and written, and a group of them. */
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/sysfs.h>

static struct kobject *thermostat;
static int wanted = 20;
static int least = 5, most = 30;

static ssize_t wanted_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", wanted);
}

static ssize_t wanted_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			    size_t count)
{
	int value, err = kstrtoint(buf, 10, &value);

	if (err < 0)
		return err;
	if (value < least || value > most)
		return -ERANGE;
	wanted = value;
	return count;
}

static struct kobj_attribute wanted_attribute = __ATTR(wanted, 0664, wanted_show, wanted_store);

/* One function for two attributes: it looks at the name. */
static ssize_t limit_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", strcmp(attr->attr.name, "least") == 0 ? least : most);
}

static struct kobj_attribute least_attribute = __ATTR(least, 0444, limit_show, NULL);
static struct kobj_attribute most_attribute = __ATTR(most, 0444, limit_show, NULL);

static struct attribute *limits[] = {
	&least_attribute.attr,
	&most_attribute.attr,
	NULL,
};

static struct attribute_group limit_group = {
	.name = "limits",
	.attrs = limits,
};

static int __init thermostat_init(void)
{
	int err;

	thermostat = kobject_create_and_add("thermostat", kernel_kobj);
	if (!thermostat)
		return -ENOMEM;
	err = sysfs_create_file(thermostat, &wanted_attribute.attr);
	if (!err)
		err = sysfs_create_group(thermostat, &limit_group);
	if (err)
		kobject_put(thermostat);
	return err;
}

static void __exit thermostat_exit(void)
{
	kobject_put(thermostat);
}

module_init(thermostat_init);
module_exit(thermostat_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("sysfs");
