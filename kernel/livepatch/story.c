// SPDX-License-Identifier: GPL-2.0
/*
 * Remarks for the story of an explored run, in the column of who made them: what the stacks look like, who has come to
 * what. Of a few thousand accesses they are those a person would tell.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <stopgap/hooks.h>
#include <stopgap/trace.h>
#include "internal.h"

/* "b3 [livepatch_p3]" without what is behind the name. */
static int append_name(char *buf, size_t size, const void *addr)
{
	char text[KSYM_SYMBOL_LEN];

	snprintf(text, sizeof(text), "%ps", addr);
	text[strcspn(text, " ")] = '\0';
	return scnprintf(buf, size, "%s", text);
}

/* Return: @buf: "b3, b2, b1", or "none". */
static char *print_stack(const struct klp_ops *ops, char *buf, size_t size)
{
	const struct klp_func *func;
	int len = 0;

	strscpy(buf, "none", size);
	hook_quiet_begin();
	if (ops)
		list_for_each_entry(func, &ops->func_stack, stack_node) {
			len += scnprintf(buf + len, size - len, "%s", len ? ", " : "");
			len += append_name(buf + len, size - len, func->new_func);
		}
	hook_quiet_end();
	return buf;
}

/* What replaces the same function as @func of @obj in @patch, or NULL. */
static const struct klp_func *counterpart(const struct klp_patch *patch, const struct klp_object *obj,
					  const struct klp_func *func)
{
	const struct klp_object *o;
	const struct klp_func *f;

	klp_for_each_object(patch, o)
		klp_for_each_func(o, f)
			if (!strcmp(f->old_name, func->old_name) && !strcmp(klp_object_name(o), klp_object_name(obj)))
				return f;
	return NULL;
}

/**
 * klp_print_stack_of - the replacements of a function, newest first, whichever patches they are from
 * @obj: the object
 * @func: says which function of it; its own patch need not have found it
 * @buf: gets "b3, b2, b1", or "none"
 * @size: of it
 *
 * No step of an explored run. Context: nobody changes the stack. Return: @buf.
 */
char *klp_print_stack_of(const struct klp_object *obj, const struct klp_func *func, char *buf, size_t size)
{
	const struct klp_patch *patch;
	const struct klp_ops *ops = NULL;
	const struct klp_func *f;

	hook_quiet_begin();
	list_for_each_entry(patch, &klp_patches, list) {
		f = counterpart(patch, obj, func);
		if (f && !ops)
			ops = klp_find_ops(f);
	}
	hook_quiet_end();
	return print_stack(ops, buf, size);
}

/* What it should be: the replacements of all patches that are enabled. */
static char *print_right_stack(const struct klp_object *obj, const struct klp_func *func, char *buf, size_t size)
{
	const struct klp_patch *patch;
	const struct klp_func *f;
	int len = 0;

	strscpy(buf, "none", size);
	list_for_each_entry_reverse(patch, &klp_patches, list) {
		f = patch->state == KLP_ENABLED ? counterpart(patch, obj, func) : NULL;
		if (!f)
			continue;
		len += scnprintf(buf + len, size - len, "%s", len ? ", " : "");
		len += append_name(buf + len, size - len, f->new_func);
	}
	return buf;
}

static int print_line(char *buf, size_t size, const struct klp_object *obj, const struct klp_func *func)
{
	char name[40], is[32], should_be[32];

	snprintf(name, sizeof(name), "%s:%s", klp_object_name(obj), func->old_name);
	klp_print_stack_of(obj, func, is, sizeof(is));
	print_right_stack(obj, func, should_be, sizeof(should_be));
	return scnprintf(buf, size, "%-27s%-15s%s%s\n", name, is, should_be, strcmp(is, should_be) ? "  <==" : "");
}

/**
 * klp_print_picture - the stacks of the functions that a patch replaces, as they are and as they should be
 * @patch: the patch; all its objects are loaded
 * @buf: gets the lines
 * @size: of it
 *
 * No step of an explored run. Context: nobody changes the stacks. Return: @buf.
 */
char *klp_print_picture(const struct klp_patch *patch, char *buf, size_t size)
{
	const struct klp_object *obj;
	const struct klp_func *func;
	int len;

	hook_quiet_begin();
	len = scnprintf(buf, size, "%-27s%-15s%s\n", "stacks, newest first", "as they are", "as they should be");
	klp_for_each_object(patch, obj)
		klp_for_each_func(obj, func)
			len += print_line(buf + len, size - len, obj, func);
	hook_quiet_end();
	return buf;
}

void klp_remark(const char *fmt, ...)
{
	char text[TRACE_TEXT_LEN];
	va_list ap;

	if (likely(!trace_recording))
		return;
	hook_quiet_begin();
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	trace_mark(0, raw_smp_processor_id(), text);
	hook_quiet_end();
}

void klp_tell_stack(const struct klp_ops *ops)
{
	char stack[TRACE_TEXT_LEN];

	if (likely(!trace_recording))
		return;
	hook_quiet_begin();	/* a run takes the same steps whether it is recorded or not */
	klp_remark("stack: %s", print_stack(ops, stack, sizeof(stack)));
	hook_quiet_end();
}
