// SPDX-License-Identifier: GPL-2.0
/* Coding a finished list of symbols; the format is described in kernel/module/kallsyms_table.h. */
#include <stdlib.h>
#include <string.h>
#include <linux/kallsyms.h>
#include "kallsyms.h"

/*
 * Two symbols to a bucket: the index costs three bytes per symbol, a look-up expands about two
 * names' beginnings.
 */
#define SYMS_PER_BUCKET		2
/* Length, step and slack bytes, an explicit size, and a name of which nothing was compressed. */
#define MAX_RECORD		(1 + 5 + 1 + 4 + 1 + KSYM_NAME_LEN)

static void check_list(const struct ksym_list *list)
{
	size_t i;

	if (list->num > KALLSYMS_MAX_SYMS)
		die("%zu symbols, more than the %d the table can number", list->num,
		    KALLSYMS_MAX_SYMS);
	for (i = 0; i < list->num; i++) {
		const struct ksym *sym = &list->syms[i];

		if (strlen(sym->name) > KSYM_NAME_LEN)
			die("%s: longer than %d characters", sym->name, KSYM_NAME_LEN);
		if (sym->addr - list->syms[0].addr > UINT32_MAX || sym->size > UINT32_MAX)
			die("%s: %lx (size %lx) is out of reach from %s at %lx", sym->name,
			    sym->addr, sym->size, list->syms[0].name, list->syms[0].addr);
	}
}

static void fill_token_set(struct token_set *set, const struct ksym_list *list)
{
	size_t i, pos = 0, bytes = 0;

	for (i = 0; i < list->num; i++)
		bytes += 1 + strlen(list->syms[i].name);
	set->text = xalloc(bytes, 1);
	set->start = xalloc(list->num + 1, sizeof(*set->start));
	set->num = list->num;
	for (i = 0; i < list->num; i++) {
		size_t len = strlen(list->syms[i].name);

		set->start[i] = pos;
		set->text[pos++] = list->syms[i].type;
		memcpy(set->text + pos, list->syms[i].name, len);
		pos += len;
	}
	set->start[list->num] = pos;
}

static void store_tokens(struct kallsyms_image *image, const struct token_set *set)
{
	u16 *index = xalloc(KALLSYMS_TOKENS + 1, sizeof(*index));
	unsigned int token, pos = 0;
	u8 *text;

	for (token = 0; token < KALLSYMS_TOKENS; token++) {
		index[token] = pos;
		pos += set->length[token];
	}
	index[KALLSYMS_TOKENS] = pos;
	text = xalloc(pos, 1);
	for (token = 0; token < KALLSYMS_TOKENS; token++)
		if (set->length[token])
			memcpy(text + index[token], set->expansion[token], set->length[token]);
	image->table.token_index = index;
	image->table.token_text = text;
}

/*
 * The bytes from the end of symbol @i to the next higher address, or KALLSYMS_EXPLICIT if they do
 * not fit.
 */
static u8 slack_of(const struct ksym_list *list, size_t i)
{
	const struct ksym *sym = &list->syms[i];
	unsigned long distance;

	while (i < list->num && list->syms[i].addr == sym->addr)
		i++;
	if (i == list->num)
		return KALLSYMS_EXPLICIT;
	distance = list->syms[i].addr - sym->addr;
	if (sym->size > distance || distance - sym->size >= KALLSYMS_EXPLICIT)
		return KALLSYMS_EXPLICIT;
	return distance - sym->size;
}

/* Write how far symbol @i is from the one before at @p. Return: the length. */
static size_t store_step(u8 *p, const struct ksym_list *list, size_t i)
{
	unsigned long step = i ? list->syms[i].addr - list->syms[i - 1].addr : 0;
	unsigned long code = step % 4 ? step << 1 | 1 : step >> 1;
	size_t len = 1, n;

	for (unsigned long rest = code >> 7; rest; rest >>= 7)
		len++;
	for (n = len; n-- > 0; code >>= 7)
		p[n] = (code & 0x7f) | (n + 1 < len ? 0x80 : 0);
	return len;
}

/* Write the size of symbol @i at @p. Return: the length. */
static size_t store_size(u8 *p, const struct ksym_list *list, size_t i)
{
	unsigned long size = list->syms[i].size;

	p[0] = slack_of(list, i);
	if (p[0] != KALLSYMS_EXPLICIT)
		return 1;
	p[1] = size >> 24;
	p[2] = size >> 16;
	p[3] = size >> 8;
	p[4] = size;
	return 5;
}

/* Write the record of symbol @i at @p. Return: its length. */
static size_t store_record(u8 *p, const struct ksym_list *list, size_t i,
			   const struct token_set *set)
{
	size_t num_tokens = set->start[i + 1] - set->start[i];
	size_t len = 1;

	len += store_step(p + len, list, i);
	len += store_size(p + len, list, i);
	memcpy(p + len, set->text + set->start[i], num_tokens);
	len += num_tokens;
	p[0] = len - 1;
	return len;
}

static void store_records(struct kallsyms_image *image, const struct ksym_list *list,
			  const struct token_set *set)
{
	size_t i, num_groups = (list->num + KALLSYMS_STRIDE - 1) / KALLSYMS_STRIDE;
	u32 *starts = xalloc(num_groups, sizeof(*starts));
	u32 *markers = xalloc(num_groups, sizeof(*markers));
	u8 *names = xalloc(list->num, MAX_RECORD);

	for (i = 0; i < list->num; i++) {
		if (i % KALLSYMS_STRIDE == 0) {
			starts[i / KALLSYMS_STRIDE] = list->syms[i].addr - image->table.base;
			markers[i / KALLSYMS_STRIDE] = image->names_len;
		}
		image->names_len += store_record(names + image->names_len, list, i, set);
	}
	image->num_groups = num_groups;
	image->table.starts = starts;
	image->table.markers = markers;
	image->table.names = names;
}

/* A counting sort by bucket; it keeps the symbols of a bucket in ascending number. */
static void store_hash(struct kallsyms_image *image, const struct ksym_list *list)
{
	u32 num_buckets = list->num / SYMS_PER_BUCKET + 1;
	u16 *buckets = xalloc(num_buckets + 1, sizeof(*buckets));
	u16 *by_hash = xalloc(list->num, sizeof(*by_hash));
	u32 *bucket_of = xalloc(list->num, sizeof(*bucket_of));
	size_t i;

	for (i = 0; i < list->num; i++) {
		bucket_of[i] = (u64)kallsyms_hash(list->syms[i].name) * num_buckets >> 32;
		buckets[bucket_of[i]]++;
	}
	/* Each bucket's end, which the second round turns into its start. */
	for (i = 1; i <= num_buckets; i++)
		buckets[i] += buckets[i - 1];
	for (i = list->num; i-- > 0;)
		by_hash[--buckets[bucket_of[i]]] = i;
	free(bucket_of);
	image->table.num_buckets = num_buckets;
	image->table.buckets = buckets;
	image->table.by_hash = by_hash;
}

/*
 * Code @list, which ksym_list_finish() has put in order. Exits if it has what the format cannot
 * express.
 */
void kallsyms_encode(struct kallsyms_image *image, const struct ksym_list *list)
{
	struct token_set set = { 0 };

	memset(image, 0, sizeof(*image));
	check_list(list);
	fill_token_set(&set, list);
	compress_strings(&set);
	image->table.base = list->num ? list->syms[0].addr : 0;
	image->table.num_syms = list->num;
	store_tokens(image, &set);
	store_records(image, list, &set);
	store_hash(image, list);
	token_set_free(&set);
}

/* What the table takes in the kernel. */
size_t kallsyms_image_bytes(const struct kallsyms_image *image)
{
	const struct kallsyms_table *t = &image->table;

	return sizeof(*t) + t->num_syms * sizeof(*t->by_hash) +
	       image->num_groups * (sizeof(*t->starts) + sizeof(*t->markers)) +
	       (t->num_buckets + 1) * sizeof(*t->buckets) +
	       (KALLSYMS_TOKENS + 1) * sizeof(*t->token_index) + t->token_index[KALLSYMS_TOKENS] +
	       image->names_len;
}

void kallsyms_image_free(struct kallsyms_image *image)
{
	struct kallsyms_table *t = &image->table;

	free((void *)t->starts);
	free((void *)t->markers);
	free((void *)t->buckets);
	free((void *)t->by_hash);
	free((void *)t->token_index);
	free((void *)t->token_text);
	free((void *)t->names);
}
