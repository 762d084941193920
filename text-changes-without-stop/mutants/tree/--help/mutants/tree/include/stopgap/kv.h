/* SPDX-License-Identifier: GPL-2.0 */
/* Shell arguments of the form name=value. */
#ifndef _STOPGAP_KV_H
#define _STOPGAP_KV_H

#include <linux/types.h>

enum kv_type {
	KV_UINT,	/* unsigned int, decimal or 0x... */
	KV_U64,
	KV_STRING,	/* const char *, pointing into the argument */
};

/**
 * struct kv - one name that is understood
 * @name: left of the '='
 * @type: of what is right of it
 * @value: where to put it; left alone if the name is not given
 */
struct kv {
	const char *name;
	enum kv_type type;
	void *value;
};

/**
 * kv_parse() - read name=value arguments
 * @who: for messages
 * @argc: number of arguments
 * @argv: the arguments
 * @table: the names that are understood
 * @n: how many
 *
 * Context: any. Return: 0; -EINVAL or -ERANGE after a message that names the argument.
 */
int kv_parse(const char *who, int argc, char **argv, const struct kv *table, size_t n);

#endif
