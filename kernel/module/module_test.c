// SPDX-License-Identifier: GPL-2.0
/*
 * The loader on real modules from the ramdisk: what loads works and is protected, what does not
 * load says why, and either way all memory comes back. Without modules in the ramdisk there is
 * nothing to test.
 */
#include <asm/reg.h>
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include <stopgap/catch.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>
#include <stopgap/unlink_policy.h>

#define CUT_STEP	64	/* bytes between two lengths at which an image is cut */

static long load_file(struct kunit *test, const char *name, const char *args)
{
	struct ramdisk_file file;

	if (ramdisk_find(name, &file))
		kunit_skip(test, "no %s in the ramdisk", name);
	return load_module_image(file.data, file.size, args, NULL);
}

/* The module of that name, or NULL. Nothing else unloads modules while the tests run. */
static struct module *loaded(const char *name)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	mutex_unlock(&module_mutex);
	return mod;
}

/* Whatever a case has left behind. */
static void unload_all(struct kunit *test)
{
	static const char *const names[] = { "user", "exporter", "empty", "params" };

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		if (loaded(names[i]))
			delete_module(names[i]);
}

/* ---- what loads ---- */

static void a_module_lives_and_goes(struct kunit *test)
{
	struct module *mod;

	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	mod = loaded("empty");
	KUNIT_ASSERT_NOT_NULL(test, mod);
	KUNIT_EXPECT_EQ(test, mod->state, MODULE_STATE_LIVE);
	KUNIT_EXPECT_EQ(test, module_refcount(mod), 0);
	KUNIT_EXPECT_TRUE(test, within_module_core((unsigned long)mod, mod));
	KUNIT_EXPECT_PTR_EQ(test, __module_text_address((unsigned long)mod->exit), mod);
	/* Its init has run, and is gone. */
	KUNIT_EXPECT_NULL(test, __module_address((unsigned long)mod->init));
	KUNIT_EXPECT_NULL(test, __module_text_address((unsigned long)mod));
	KUNIT_EXPECT_TRUE(test, is_module_address((unsigned long)mod));
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
	KUNIT_EXPECT_NULL(test, loaded("empty"));
	KUNIT_EXPECT_EQ(test, delete_module("empty"), (long)-ENOENT);
}

static void its_symbols_resolve_both_ways(struct kunit *test)
{
	unsigned long addr, size, offset;
	char name[KSYM_NAME_LEN + 1];
	char *modname = NULL;

	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	addr = kallsyms_lookup_name("empty:empty_function");
	KUNIT_ASSERT_NE(test, addr, 0ul);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("empty_function"), addr);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("empt:empty_function"), 0ul);
	KUNIT_EXPECT_EQ(test, ((int (*)(int))addr)(41), 42);
	KUNIT_ASSERT_NOT_NULL(test, kallsyms_lookup(addr + 4, &size, &offset, &modname, name));
	KUNIT_EXPECT_STREQ(test, name, "empty_function");
	KUNIT_EXPECT_STREQ(test, modname, "empty");
	KUNIT_EXPECT_EQ(test, offset, 4ul);
	KUNIT_EXPECT_GT(test, size, 4ul);
	KUNIT_ASSERT_EQ(test, delete_module("empty"), 0l);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("empty_function"), 0ul);
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(addr + 4, &size, &offset, &modname, name));
}

/* The first of its name in the module's table, as the walk finds it and as the index does. */
static int find_both_ways(void *data, const char *name, char type, unsigned long addr)
{
	struct kunit *test = data;
	char with_module[MODULE_NAME_LEN + KSYM_NAME_LEN + 2];

	snprintf(with_module, sizeof(with_module), "parts:%s", name);
	KUNIT_EXPECT_EQ_MSG(test, module_kallsyms_lookup_name(name),
			    module_kallsyms_lookup_name(with_module), "%s", name);
	return 0;
}

static void every_symbol_is_found_by_name(struct kunit *test)
{
	struct module *mod;

	KUNIT_ASSERT_EQ(test, load_file(test, "parts.ko", NULL), 0l);
	mutex_lock(&module_mutex);
	mod = find_module("parts");
	module_kallsyms_on_each_symbol(mod, find_both_ways, test);
	mutex_unlock(&module_mutex);
	KUNIT_EXPECT_NE(test, module_kallsyms_lookup_name("parts_text"), 0ul);
	KUNIT_EXPECT_EQ(test, module_kallsyms_lookup_name("parts_init_text"), 0ul);
	KUNIT_EXPECT_EQ(test, module_kallsyms_lookup_name("parts_tex"), 0ul);
	KUNIT_EXPECT_EQ(test, delete_module("parts"), 0l);
}

static void all_its_symbols_can_be_listed(struct kunit *test)
{
	char name[KSYM_NAME_LEN + 1], modname[MODULE_NAME_LEN], type;
	unsigned int found = 0;
	unsigned long value;

	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	for (unsigned int i = 0; !module_get_kallsym(i, &value, &type, name, modname); i++) {
		KUNIT_EXPECT_NE(test, name[0], '\0');
		if (!strcmp(modname, "empty"))
			KUNIT_EXPECT_TRUE(test, is_module_address(value));
		if (!strcmp(name, "empty_function")) {
			KUNIT_EXPECT_EQ(test, type, 'T');
			KUNIT_EXPECT_STREQ(test, modname, "empty");
			found++;
		}
	}
	KUNIT_EXPECT_EQ(test, found, 1u);
}

/*
 * Touch @addr: read it, write it, or call it. Return: the trap that took, 0 for none; *@dsisr:
 * why.
 */
static unsigned long touch(unsigned long addr, char how, unsigned long *dsisr)
{
	struct fault_catch c;

	*dsisr = 0;
	c.regs.trap = 0;
	if (!catch_fault(&c)) {
		if (how == 'r')
			(void)READ_ONCE(*(u32 *)addr);
		else if (how == 'w')
			WRITE_ONCE(*(u32 *)addr, 0);
		else
			((void (*)(void))addr)();
	} else {
		*dsisr = c.regs.trap == 0x400 ? c.regs.msr : c.regs.dsisr;
	}
	catch_end(&c);
	return c.regs.trap;
}

static void its_memory_is_protected(struct kunit *test)
{
	unsigned long text, ro, data, dsisr;
	struct module *mod;

	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	mod = loaded("empty");
	text = (unsigned long)mod->core_layout.base;
	ro = text + mod->core_layout.text_size;
	data = text + mod->core_layout.ro_size;
	KUNIT_EXPECT_EQ(test, touch(text, 'r', &dsisr), 0ul);
	KUNIT_EXPECT_EQ(test, touch(text, 'w', &dsisr), 0x300ul);
	KUNIT_EXPECT_EQ(test, dsisr & DSISR_PROTFAULT, (unsigned long)DSISR_PROTFAULT);
	KUNIT_EXPECT_EQ(test, touch(ro, 'r', &dsisr), 0ul);
	KUNIT_EXPECT_EQ(test, touch(ro, 'w', &dsisr), 0x300ul);
	KUNIT_EXPECT_EQ(test, touch(ro, 'x', &dsisr), 0x400ul);
	KUNIT_EXPECT_EQ(test, touch(data, 'r', &dsisr), 0ul);
	KUNIT_EXPECT_EQ(test, touch(data, 'x', &dsisr), 0x400ul);
	KUNIT_ASSERT_EQ(test, delete_module("empty"), 0l);
	KUNIT_EXPECT_EQ(test, touch(text, 'r', &dsisr), 0x300ul);
	KUNIT_EXPECT_EQ(test, dsisr & DSISR_NOHPTE, (unsigned long)DSISR_NOHPTE);
	KUNIT_EXPECT_EQ(test, touch(data, 'r', &dsisr), 0x300ul);
}

static void every_unlink_policy_works(struct kunit *test)
{
	const char *before = unlink_policy_get()->name;
	const struct unlink_policy *const *p;

	for (p = __start_unlink_policies; p < __stop_unlink_policies; p++) {
		KUNIT_EXPECT_EQ(test, unlink_policy_set((*p)->name), 0);
		KUNIT_EXPECT_PTR_EQ(test, unlink_policy_get(), *p);
		KUNIT_EXPECT_EQ_MSG(test, load_file(test, "empty.ko", NULL), 0l, "%s", (*p)->name);
		KUNIT_EXPECT_EQ_MSG(test, delete_module("empty"), 0l, "%s", (*p)->name);
	}
	KUNIT_EXPECT_EQ(test, unlink_policy_set("no such policy"), -EINVAL);
	KUNIT_EXPECT_EQ(test, unlink_policy_set(before), 0);
}

/* ---- use counts ---- */

static void references_keep_a_module(struct kunit *test)
{
	struct module *mod;

	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	mod = loaded("empty");
	KUNIT_EXPECT_TRUE(test, try_module_get(NULL));
	KUNIT_ASSERT_TRUE(test, try_module_get(mod));
	__module_get(mod);
	KUNIT_EXPECT_EQ(test, module_refcount(mod), 2);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), (long)-EWOULDBLOCK);
	module_put(mod);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), (long)-EWOULDBLOCK);
	module_put(mod);
	KUNIT_EXPECT_EQ(test, mod->state, MODULE_STATE_LIVE);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
}

static void users_of_its_symbols_keep_a_module(struct kunit *test)
{
	struct module *exporter;

	KUNIT_ASSERT_EQ(test, load_file(test, "user.ko", NULL), (long)-ENOENT);
	KUNIT_ASSERT_EQ(test, load_file(test, "exporter.ko", NULL), 0l);
	KUNIT_ASSERT_EQ(test, load_file(test, "user.ko", NULL), 0l);
	exporter = loaded("exporter");
	/* It uses three symbols: one reference. */
	KUNIT_EXPECT_EQ(test, module_refcount(exporter), 1);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), (long)-EWOULDBLOCK);
	KUNIT_EXPECT_EQ(test, delete_module("user"), 0l);
	KUNIT_EXPECT_EQ(test, module_refcount(exporter), 0);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), 0l);
}

/* ---- what does not load ---- */

static void refusals_have_their_errno(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	KUNIT_EXPECT_EQ(test, load_file(test, "empty.ko", NULL), (long)-EEXIST);
	KUNIT_EXPECT_EQ(test, load_file(test, "unknown.ko", NULL), (long)-ENOENT);
	KUNIT_EXPECT_EQ(test, load_file(test, "initfail.ko", NULL), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, load_file(test, "initfail.ko", "err=-12"), (long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, load_file(test, "params.ko", "count=many"), (long)-EINVAL);
	KUNIT_EXPECT_NULL(test, loaded("unknown"));
	KUNIT_EXPECT_NULL(test, loaded("initfail"));
	KUNIT_EXPECT_NULL(test, loaded("params"));
}

static void gpl_symbols_are_for_gpl_modules(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, load_file(test, "exporter.ko", NULL), 0l);
	KUNIT_EXPECT_EQ(test, load_file(test, "closed.ko", NULL), (long)-ENOENT);
	KUNIT_EXPECT_EQ(test, module_refcount(loaded("exporter")), 0);
}

/* What must be the same before and after. */
struct footprint {
	unsigned long pages, objects, vmap;
};

static struct footprint footprint(void)
{
	struct mm_stat s;

	mm_stat(&s);
	return (struct footprint) { nr_free_pages(), s.kmalloc_objects, s.vmap };
}

static void load_everything(struct kunit *test)
{
	load_file(test, "exporter.ko", NULL);
	load_file(test, "user.ko", NULL);
	load_file(test, "user.ko", NULL);
	load_file(test, "closed.ko", NULL);
	load_file(test, "unknown.ko", NULL);
	load_file(test, "initfail.ko", NULL);
	load_file(test, "params.ko", "count=many");
	load_file(test, "params.ko", "count=0 whom=me");
	unload_all(test);
}

static void all_memory_comes_back(struct kunit *test)
{
	struct footprint before, after;

	load_everything(test);	/* so that kmalloc has its pages */
	before = footprint();
	for (int i = 0; i < 3; i++)
		load_everything(test);
	after = footprint();
	KUNIT_EXPECT_EQ(test, after.pages, before.pages);
	KUNIT_EXPECT_EQ(test, after.objects, before.objects);
	KUNIT_EXPECT_EQ(test, after.vmap, before.vmap);
}

static void cut_images_are_refused(struct kunit *test)
{
	struct footprint before = footprint(), after;
	struct ramdisk_file file;

	if (ramdisk_find("empty.ko", &file))
		kunit_skip(test, "no empty.ko in the ramdisk");
	for (size_t len = 0; len < file.size; len += CUT_STEP)
		KUNIT_EXPECT_EQ_MSG(test, load_module_image(file.data, len, NULL, NULL),
				    (long)-ENOEXEC, "cut at %zu", len);
	after = footprint();
	KUNIT_EXPECT_EQ(test, after.pages, before.pages);
	KUNIT_EXPECT_EQ(test, after.objects, before.objects);
}

/* ---- notifiers ---- */

static unsigned int seen;	/* a digit per call: 1 COMING, 2 LIVE, 3 GOING */
static int veto;

static int note_module(struct notifier_block *nb, unsigned long action, void *data)
{
	static const unsigned char digit[] = {
		[MODULE_STATE_COMING] = 1, [MODULE_STATE_LIVE] = 2, [MODULE_STATE_GOING] = 3,
	};
	struct module *mod = data;

	if (strcmp(mod->name, "empty"))
		return NOTIFY_DONE;
	seen = seen * 10 + digit[action];
	return action == MODULE_STATE_COMING ? notifier_from_errno(veto) : NOTIFY_OK;
}

static void notifiers_see_it_come_and_go(struct kunit *test)
{
	static struct notifier_block nb = { .notifier_call = note_module };

	seen = 0;
	veto = 0;
	KUNIT_ASSERT_EQ(test, register_module_notifier(&nb), 0);
	KUNIT_EXPECT_EQ(test, register_module_notifier(&nb), -EEXIST);
	KUNIT_EXPECT_EQ(test, load_file(test, "empty.ko", NULL), 0l);
	KUNIT_EXPECT_EQ(test, seen, 12u);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
	KUNIT_EXPECT_EQ(test, seen, 123u);
	veto = -EPERM;
	KUNIT_EXPECT_EQ(test, load_file(test, "empty.ko", NULL), (long)-EPERM);
	KUNIT_EXPECT_NULL(test, loaded("empty"));
	KUNIT_EXPECT_EQ(test, unregister_module_notifier(&nb), 0);
	KUNIT_EXPECT_EQ(test, unregister_module_notifier(&nb), -ENOENT);
}

static struct kunit_case module_cases[] = {
	KUNIT_CASE(a_module_lives_and_goes),
	KUNIT_CASE(its_symbols_resolve_both_ways),
	KUNIT_CASE(every_symbol_is_found_by_name),
	KUNIT_CASE(all_its_symbols_can_be_listed),
	KUNIT_CASE(its_memory_is_protected),
	KUNIT_CASE(every_unlink_policy_works),
	KUNIT_CASE(references_keep_a_module),
	KUNIT_CASE(users_of_its_symbols_keep_a_module),
	KUNIT_CASE(refusals_have_their_errno),
	KUNIT_CASE(gpl_symbols_are_for_gpl_modules),
	KUNIT_CASE(all_memory_comes_back),
	KUNIT_CASE(cut_images_are_refused),
	KUNIT_CASE(notifiers_see_it_come_and_go),
	{}
};

static struct kunit_suite module_suite = {
	.name = "module",
	.exit = unload_all,
	.test_cases = module_cases,
};
kunit_test_suite(module_suite);
