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

/**
 * klp_print_stack - the replacements of a function, newest first
 * @ops: of the function; NULL: it has none
 * @buf: gets "b3, b2, b1", or "none"
 * @size: of it
 *
 * No step of an explored run. Context: nobody changes the stack. Return: @buf.
 */
char *klp_print_stack(const struct klp_ops *ops, char *buf, size_t size)
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

	if (unlikely(trace_recording))
		klp_remark("stack: %s", klp_print_stack(ops, stack, sizeof(stack)));
}
