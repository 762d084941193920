/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of the host program that builds the kernel's symbol table: read the symbols of an ELF
 * file, put them in order, code them, write them as assembly. tests/unit links all but main.c.
 */
#ifndef _TOOLS_KALLSYMS_H
#define _TOOLS_KALLSYMS_H

#include <stdio.h>
#include "../../kernel/module/kallsyms_table.h"

/* In the order in which the symbols of one address are preferred. */
enum ksym_binding {
	KSYM_GLOBAL,
	KSYM_LOCAL,
	KSYM_WEAK,
};

struct ksym {
	char *name;
	unsigned long addr;
	unsigned long size;
	unsigned long section_end;
	enum ksym_binding binding;
	char type;		/* as nm prints it */
	bool sized;		/* false: the size is a guess, made by ksym_list_finish() */
};

struct ksym_list {
	struct ksym *syms;
	size_t num;
	size_t room;
};

/* A coded table; the arrays behind @table's pointers belong to it. */
struct kallsyms_image {
	struct kallsyms_table table;
	size_t num_groups;
	size_t names_len;
};

/* elf.c */
void ksym_list_read(struct ksym_list *list, const char *path);

/* symbols.c */
void ksym_list_add(struct ksym_list *list, const struct ksym *sym);
void ksym_list_finish(struct ksym_list *list);
void ksym_list_free(struct ksym_list *list);
unsigned int ksym_list_compare(struct ksym_list *before, struct ksym_list *after, FILE *out);

/* compress.c */
struct token_set {
	u8 *text;			/* all strings in a row; made tokens in place */
	size_t *start;			/* num + 1 positions in text */
	size_t num;
	u8 *expansion[KALLSYMS_TOKENS];	/* what each token stands for */
	u8 length[KALLSYMS_TOKENS];	/* 0 = not in use */
};

void compress_strings(struct token_set *set);
void token_set_free(struct token_set *set);

/* encode.c */
void kallsyms_encode(struct kallsyms_image *image, const struct ksym_list *list);
size_t kallsyms_image_bytes(const struct kallsyms_image *image);
void kallsyms_image_free(struct kallsyms_image *image);

/* emit.c */
void kallsyms_emit(const struct kallsyms_image *image, FILE *out);

/* util.c */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
void *xalloc(size_t num, size_t size);

#endif
