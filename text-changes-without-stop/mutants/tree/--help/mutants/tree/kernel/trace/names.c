// SPDX-License-Identifier: GPL-2.0
/*
 * Objects by name, and their members: so that a story told when a module is gone still says
 * "hello.list.next". The table holds the newest names; an object's members come from the hints
 * table.
 */
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "trace.h"

#define MAX_OBJECTS	64
#define OBJECT_NAME_LEN	32

struct object {
	unsigned long addr, size;
	const struct trace_type *type;
	char name[OBJECT_NAME_LEN];
};

static struct object objects[MAX_OBJECTS];
static unsigned int nr_objects;		/* ever; the next one goes to nr_objects % MAX_OBJECTS */

const struct trace_type *trace_type_find(const char *name)
{
	const struct trace_type *t;

	for (t = trace_types; name && t->name; t++)
		if (!strcmp(t->name, name))
			return t;
	return NULL;
}

static const struct trace_field *find_field(const struct trace_type *type, unsigned long offset)
{
	const struct trace_field *f;

	for (f = type->fields; f->name; f++)
		if (offset - f->offset < f->size)
			return f;
	return NULL;
}

static int offset_text(char *buf, size_t size, unsigned long offset)
{
	return offset ? scnprintf(buf, size, "+0x%lx", offset) : 0;
}

int trace_field_name(char *buf, size_t size, const struct trace_type *type, unsigned long offset,
		     unsigned long object_size)
{
	const struct trace_field *f;
	int n = 0;

	if (!type)
		return offset_text(buf, size, offset);
	if (object_size >= 2 * type->size) {
		n = scnprintf(buf, size, "[%lu]", offset / type->size);
		offset %= type->size;
	}
	f = find_field(type, offset);
	if (!f)
		return n + offset_text(buf + n, size - n, offset);
	n += scnprintf(buf + n, size - n, ".%s", f->name);
	return n + offset_text(buf + n, size - n, offset - f->offset);
}

void trace_name_object(unsigned long addr, unsigned long size, const char *type, const char *name)
{
	struct object *o = &objects[nr_objects++ % MAX_OBJECTS];

	o->addr = addr;
	o->size = size;
	o->type = trace_type_find(type);
	strscpy(o->name, name, sizeof(o->name));
}

void trace_objects_clear(void)
{
	nr_objects = 0;
}

/* The newest object that @addr lies in, NULL if there is none. */
static const struct object *find_object(unsigned long addr)
{
	unsigned int i, n = min(nr_objects, (unsigned int)MAX_OBJECTS);

	for (i = 1; i <= n; i++) {
		const struct object *o = &objects[(nr_objects - i) % MAX_OBJECTS];

		if (addr - o->addr < o->size)
			return o;
	}
	return NULL;
}

int trace_object_name(char *buf, size_t size, unsigned long addr)
{
	const struct object *o = find_object(addr);
	int n;

	if (!o)
		return 0;
	n = scnprintf(buf, size, "%s", o->name);
	return n + trace_field_name(buf + n, size - n, o->type, addr - o->addr, o->size);
}

int trace_object_at(char *buf, size_t size, unsigned long addr)
{
	const struct object *o = find_object(addr);

	return o && o->addr == addr ? scnprintf(buf, size, "%s", o->name) : 0;
}
