// SPDX-License-Identifier: GPL-2.0
/*
 * /sys/module/NAME/parameters/PARAM: what a loaded module's parameters are, and a way to change them, as far as their
 * permissions allow. A module without such parameters has no directory.
 *
 * A charp goes on pointing at the text it was set to. So what was written last is kept until the next is, or the
 * module is gone. Strings in arrays cannot be written.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internal.h"

/* What a charp was set to. */
struct kept_text {
	struct list_head list;
	const struct kernel_param *kp;
	char *text;
};

static LIST_HEAD(kept_texts);
/* Protects them, and values while they are printed or changed. */
static DEFINE_MUTEX(values_mutex);

static int value_show(struct seq_file *m, void *v)
{
	const struct kernel_param *kp = m->private;
	char *text = kmalloc(PARAM_GET_SIZE, GFP_KERNEL);
	int len;

	if (!text)
		return -ENOMEM;
	mutex_lock(&values_mutex);
	len = kp->ops->get ? kp->ops->get(text, kp) : -EPERM;
	mutex_unlock(&values_mutex);
	if (len >= 0)
		seq_printf(m, "%.*s\n", len, text);
	kfree(text);
	return min(len, 0);
}

static int value_open(struct inode *inode, struct file *file)
{
	return single_open(file, value_show, inode->i_private);
}

/* Context: values_mutex held. Return: what @kp's text is kept in, perhaps made just now, or NULL. */
static struct kept_text *text_of(const struct kernel_param *kp)
{
	struct kept_text *kept;

	list_for_each_entry(kept, &kept_texts, list)
		if (kept->kp == kp)
			return kept;
	kept = kzalloc(sizeof(*kept), GFP_KERNEL);
	if (!kept)
		return NULL;
	kept->kp = kp;
	list_add(&kept->list, &kept_texts);
	return kept;
}

/* Context: values_mutex held. Return: 0, and @text is kept; or a negative errno. */
static int set_charp(const struct kernel_param *kp, char *text)
{
	struct kept_text *kept = text_of(kp);
	int err = kept ? kp->ops->set(text, kp) : -ENOMEM;

	if (err)
		return err;
	kfree(kept->text);
	kept->text = text;
	return 0;
}

static bool is_writable(const struct kernel_param *kp)
{
	return kp->ops->set && !(kp->ops == &param_array_ops && kp->arr->ops == &param_ops_charp);
}

static ssize_t value_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	const struct kernel_param *kp = file_inode(file)->i_private;
	char *text;
	int err;

	if (!is_writable(kp))
		return -EPERM;
	text = memdup_user_nul(buf, size);
	if (IS_ERR(text))
		return PTR_ERR(text);
	text[strcspn(text, "\n")] = '\0';
	mutex_lock(&values_mutex);
	err = kp->ops == &param_ops_charp ? set_charp(kp, text) : kp->ops->set(text, kp);
	mutex_unlock(&values_mutex);
	if (err || kp->ops != &param_ops_charp)
		kfree(text);
	return err ?: (ssize_t)size;
}

static const struct file_operations value_fops = {
	.open = value_open, .read = seq_read, .write = value_write, .release = single_release,
};

static bool has_visible_params(const struct module *mod)
{
	for (unsigned int i = 0; i < mod->num_kp; i++)
		if (mod->kp[i].perm)
			return true;
	return false;
}

static int add_files(const struct module *mod, struct proc_dir_entry *dir)
{
	struct proc_dir_entry *params = proc_mkdir("parameters", dir);

	if (!params)
		return -ENOMEM;
	for (unsigned int i = 0; i < mod->num_kp; i++) {
		const struct kernel_param *kp = &mod->kp[i];

		if (kp->perm && !proc_create_data(kp->name, kp->perm, params, &value_fops, (void *)kp))
			return -ENOMEM;
	}
	return 0;
}

/* Show @mod's parameters. Context: may sleep. Return: 0 or -ENOMEM; remove_param_files() follows in either case. */
int add_param_files(struct module *mod)
{
	struct proc_dir_entry *dir;

	if (!has_visible_params(mod))
		return 0;
	dir = proc_mkdir(mod->name, proc_find(NULL, "/sys/module"));
	return dir ? add_files(mod, dir) : -ENOMEM;
}

/* And take them away, once nobody has one open. Context: may sleep; the module's code does not run any more. */
void remove_param_files(struct module *mod)
{
	struct kept_text *kept, *next;

	if (!has_visible_params(mod))
		return;
	proc_remove(proc_find(proc_find(NULL, "/sys/module"), mod->name));
	mutex_lock(&values_mutex);
	list_for_each_entry_safe(kept, next, &kept_texts, list) {
		if (kept->kp < mod->kp || kept->kp >= mod->kp + mod->num_kp)
			continue;
		list_del(&kept->list);
		kfree(kept->text);
		kfree(kept);
	}
	mutex_unlock(&values_mutex);
}
