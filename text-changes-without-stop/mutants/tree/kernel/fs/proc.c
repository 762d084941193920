// SPDX-License-Identifier: GPL-2.0
/*
 * The trees of /proc, /sys and /dev. One mutex protects them, and the counts of users. An entry that has been taken
 * out of its tree gets no new users; when the last has gone, it is freed, and with it the right to
 * call its creator's functions.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <stopgap/proc.h>

static DEFINE_MUTEX(proc_mutex);
static DECLARE_WAIT_QUEUE_HEAD(proc_unused);

#define TREE(_name)						\
	static struct proc_dir_entry _name##_root = {		\
		.name = #_name,					\
		.mode = S_IFDIR | S_IRUGO | S_IXUGO,		\
		.children = LIST_HEAD_INIT(_name##_root.children),	\
		.node = LIST_HEAD_INIT(_name##_root.node),	\
	}
TREE(proc);
TREE(sys);
TREE(dev);

static struct proc_dir_entry *const trees[] = { &proc_root, &sys_root, &dev_root };

/* ---- finding ---- */

/* The entry in @dir whose name is the @len characters at @name. Under proc_mutex. */
static struct proc_dir_entry *find_child(struct proc_dir_entry *dir, const char *name, size_t len)
{
	struct proc_dir_entry *entry;

	list_for_each_entry(entry, &dir->children, node)
		if (strlen(entry->name) == len && !memcmp(entry->name, name, len))
			return entry;
	return NULL;
}

/* Go down from @dir along all of @path but its last component, which *@path becomes. */
static struct proc_dir_entry *find_parent(struct proc_dir_entry *dir, const char **path)
{
	const char *slash;

	while (dir && (slash = strchr(*path, '/'))) {
		if (slash != *path)
			dir = find_child(dir, *path, slash - *path);
		*path = slash + 1;
	}
	return dir && S_ISDIR(dir->mode) ? dir : NULL;
}

static struct proc_dir_entry *find(struct proc_dir_entry *dir, const char *path)
{
	dir = find_parent(dir, &path);
	return dir && *path ? find_child(dir, path, strlen(path)) : dir;
}

/* The tree that *@path leads into, *@path then being the way from its root; NULL if it is another. */
static struct proc_dir_entry *find_tree(const char **path)
{
	for (unsigned int i = 0; **path == '/' && i < ARRAY_SIZE(trees); i++) {
		size_t len = str_has_prefix(*path + 1, trees[i]->name);

		if (!len || ((*path)[len + 1] != '/' && (*path)[len + 1] != '\0'))
			continue;
		*path += len + 1;
		return trees[i];
	}
	return NULL;
}

/* As find(), for a whole path. */
static struct proc_dir_entry *find_path(const char *path)
{
	struct proc_dir_entry *tree = find_tree(&path);

	return tree ? find(tree, path) : NULL;
}

/* Whether the shell should look here. */
bool is_tree_path(const char *path)
{
	return find_tree(&path) != NULL;
}

/**
 * proc_find() - an entry that nobody else removes
 * @dir: where @path begins; NULL: it is a whole one, "/sys/kernel"
 * @path: the way
 *
 * Context: may sleep. Return: it, or NULL.
 */
struct proc_dir_entry *proc_find(struct proc_dir_entry *dir, const char *path)
{
	struct proc_dir_entry *entry;

	mutex_lock(&proc_mutex);
	entry = dir ? find(dir, path) : find_path(path);
	mutex_unlock(&proc_mutex);
	return entry;
}
EXPORT_SYMBOL(proc_find);

/**
 * proc_use() - find an entry and keep it
 * @path: from the root on
 *
 * Context: may sleep. Return: the entry, until proc_unuse(); NULL if there is none.
 */
struct proc_dir_entry *proc_use(const char *path)
{
	struct proc_dir_entry *entry;

	mutex_lock(&proc_mutex);
	entry = find_path(path);
	if (entry)
		entry->users++;
	mutex_unlock(&proc_mutex);
	return entry;
}

void proc_unuse(struct proc_dir_entry *entry)
{
	mutex_lock(&proc_mutex);
	entry->users--;
	mutex_unlock(&proc_mutex);
	wake_up_all(&proc_unused);
}

/**
 * proc_list() - look through a directory
 * @path: from the root on; of a file, only itself is shown
 * @fn: called for each entry, with the tree locked
 *
 * Context: may sleep. Return: 0, or -ENOENT.
 */
int proc_list(const char *path, void (*fn)(const struct proc_dir_entry *entry))
{
	struct proc_dir_entry *dir, *entry;

	mutex_lock(&proc_mutex);
	dir = find_path(path);
	if (dir && !S_ISDIR(dir->mode))
		fn(dir);
	else if (dir)
		list_for_each_entry(entry, &dir->children, node)
			fn(entry);
	mutex_unlock(&proc_mutex);
	return dir ? 0 : -ENOENT;
}

/* ---- making ---- */

static struct proc_dir_entry *alloc_entry(const char *name, umode_t mode, void *data)
{
	struct proc_dir_entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return NULL;
	entry->name = kstrdup(name, GFP_KERNEL);
	if (!entry->name) {
		kfree(entry);
		return NULL;
	}
	entry->mode = mode;
	entry->data = data;
	INIT_LIST_HEAD(&entry->children);
	return entry;
}

static void free_entry(struct proc_dir_entry *entry)
{
	kfree(entry->name);
	kfree(entry);
}

/* Hang @entry into the tree. Return: it; NULL, and it is freed, if that cannot be. */
static struct proc_dir_entry *add_entry(struct proc_dir_entry *entry, const char *path,
					struct proc_dir_entry *parent)
{
	const char *name = path;

	if (!entry)
		return NULL;
	mutex_lock(&proc_mutex);
	parent = find_parent(parent ?: &proc_root, &name);
	if (!parent || !*name || find_child(parent, name, strlen(name))) {
		mutex_unlock(&proc_mutex);
		pr_warn("proc: cannot make '%s': %s\n", path,
			parent ? "it exists" : "no such directory");
		free_entry(entry);
		return NULL;
	}
	entry->parent = parent;
	list_add_tail(&entry->node, &parent->children);
	mutex_unlock(&proc_mutex);
	return entry;
}

/* A file; without permissions, everybody may read it. */
static struct proc_dir_entry *alloc_file(const char *path, umode_t mode, void *data)
{
	return alloc_entry(kbasename(path), S_IFREG | (mode & S_IRWXUGO ?: S_IRUGO), data);
}

/**
 * proc_create_ops() - make a file; see proc_create() and proc_create_data()
 * @name: a path below @parent; all but its last component exists
 * @mode: permissions
 * @parent: NULL: /proc itself
 * @ops: what the file can do
 * @data: what pde_data() will return
 *
 * Context: may sleep. Return: the file, or NULL.
 */
struct proc_dir_entry *proc_create_ops(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, const struct proc_ops *ops,
				       void *data)
{
	struct proc_dir_entry *entry = alloc_file(name, mode, data);

	if (entry)
		entry->proc_ops = ops;
	return add_entry(entry, name, parent);
}
EXPORT_SYMBOL(proc_create_ops);

struct proc_dir_entry *proc_create_fops(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct file_operations *fops, void *data)
{
	struct proc_dir_entry *entry = alloc_file(name, mode, data);

	if (entry)
		entry->proc_fops = fops;
	return add_entry(entry, name, parent);
}
EXPORT_SYMBOL(proc_create_fops);

struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
{
	struct proc_dir_entry *entry = alloc_file(name, mode, data);

	if (entry) {
		entry->seq_ops = ops;
		entry->state_size = state_size;
	}
	return add_entry(entry, name, parent);
}
EXPORT_SYMBOL(proc_create_seq_private);

struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *m, void *v),
					       void *data)
{
	struct proc_dir_entry *entry = alloc_file(name, mode, data);

	if (entry)
		entry->single_show = show;
	return add_entry(entry, name, parent);
}
EXPORT_SYMBOL(proc_create_single_data);

struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
{
	mode = S_IFDIR | (mode & S_IRWXUGO ?: S_IRUGO | S_IXUGO);
	return add_entry(alloc_entry(kbasename(name), mode, data), name, parent);
}
EXPORT_SYMBOL(proc_mkdir_data);

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return proc_mkdir_data(name, 0, parent, NULL);
}
EXPORT_SYMBOL(proc_mkdir);

/**
 * proc_mknod() - make the entry of a device
 * @name: as for proc_create_ops()
 * @mode: S_IFCHR and permissions
 * @parent: as for proc_create_ops()
 * @dev: which device
 *
 * Context: may sleep. Return: the entry, or NULL.
 */
struct proc_dir_entry *proc_mknod(const char *name, umode_t mode, struct proc_dir_entry *parent,
				  dev_t dev)
{
	return add_entry(alloc_entry(kbasename(name), mode, (void *)(unsigned long)dev), name, parent);
}
EXPORT_SYMBOL(proc_mknod);

/* The caller sets read_proc, write_proc or proc_fops of what this returns. */
struct proc_dir_entry *create_proc_entry(const char *name, umode_t mode,
					 struct proc_dir_entry *parent)
{
	return add_entry(alloc_file(name, mode, NULL), name, parent);
}
EXPORT_SYMBOL(create_proc_entry);

struct proc_dir_entry *create_proc_read_entry(const char *name, umode_t mode,
					      struct proc_dir_entry *parent,
					      read_proc_t *read_proc, void *data)
{
	struct proc_dir_entry *entry = alloc_file(name, mode, data);

	if (entry)
		entry->read_proc = read_proc;
	return add_entry(entry, name, parent);
}
EXPORT_SYMBOL(create_proc_read_entry);

/* What is in /sys before any module comes. */
static int __init sys_init(void)
{
	if (!proc_mkdir("kernel", &sys_root) || !proc_mkdir("kernel/debug", &sys_root) || !proc_mkdir("class", &sys_root) ||
	    !proc_mkdir("module", &sys_root))
		return -ENOMEM;
	return 0;
}
core_initcall(sys_init);

/* ---- removing ---- */

static bool is_unused(struct proc_dir_entry *entry)
{
	bool unused;

	mutex_lock(&proc_mutex);
	unused = entry->users == 0;
	mutex_unlock(&proc_mutex);
	return unused;
}

/* The first entry without children in the tree below @entry, perhaps @entry. Under proc_mutex. */
static struct proc_dir_entry *find_leaf(struct proc_dir_entry *entry)
{
	while (!list_empty(&entry->children))
		entry = list_first_entry(&entry->children, struct proc_dir_entry, node);
	return entry;
}

/**
 * proc_remove() - remove a file, or a directory with all in it
 * @entry: it; NULL is fine
 *
 * Waits until nobody has any of it open.
 * Context: may sleep; not from one of the entry's own functions.
 */
void proc_remove(struct proc_dir_entry *entry)
{
	struct proc_dir_entry *leaf = NULL;

	while (entry && leaf != entry) {
		mutex_lock(&proc_mutex);
		leaf = find_leaf(entry);
		list_del(&leaf->node);
		mutex_unlock(&proc_mutex);
		wait_event(proc_unused, is_unused(leaf));
		free_entry(leaf);
	}
}
EXPORT_SYMBOL(proc_remove);

/* The same by name. Return: 0, or -ENOENT after a warning. */
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *entry;

	mutex_lock(&proc_mutex);
	entry = find(parent ?: &proc_root, name);
	mutex_unlock(&proc_mutex);
	if (WARN(!entry || !entry->parent, "proc: cannot remove '%s': no such file\n", name))
		return -ENOENT;
	proc_remove(entry);
	return 0;
}
EXPORT_SYMBOL(remove_proc_subtree);

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	remove_proc_subtree(name, parent);
}
EXPORT_SYMBOL(remove_proc_entry);
