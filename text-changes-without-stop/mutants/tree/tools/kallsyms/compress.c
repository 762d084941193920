// SPDX-License-Identifier: GPL-2.0
/*
 * Byte-pair compression of many short strings. A token is a byte. At first a token stands for the
 * character it is; then, again and again, the pair of neighbouring tokens seen most often becomes
 * one token that was not in use, until no token is free or a new one would cost more than it saves.
 * The text is decoded by one table look-up per token, from any string's first byte on. No string,
 * and so no token, is longer than 255 bytes.
 */
#include <stdlib.h>
#include <string.h>
#include "kallsyms.h"

#define NUM_PAIRS	(KALLSYMS_TOKENS * KALLSYMS_TOKENS)
/* In the final table a token costs its text and an index of two bytes. */
#define TOKEN_COST(len)	((len) + 2u)

/* @token stands for one character. */
static void set_character(struct token_set *set, unsigned int token)
{
	set->expansion[token] = xalloc(1, 1);
	set->expansion[token][0] = token;
	set->length[token] = 1;
}

/* @token stands for what the two tokens of @pair stand for. */
static void set_pair(struct token_set *set, unsigned int token, unsigned int pair)
{
	unsigned int first = pair >> 8, second = pair & 0xff;
	u8 *text = xalloc(set->length[first] + set->length[second], 1);

	memcpy(text, set->expansion[first], set->length[first]);
	memcpy(text + set->length[first], set->expansion[second], set->length[second]);
	set->expansion[token] = text;
	set->length[token] = set->length[first] + set->length[second];
}

static void start_with_characters(struct token_set *set)
{
	size_t i;

	for (i = 0; i < set->start[set->num]; i++)
		if (!set->length[set->text[i]])
			set_character(set, set->text[i]);
}

static void count_pairs(const struct token_set *set, unsigned int *count)
{
	size_t i, pos;

	memset(count, 0, NUM_PAIRS * sizeof(*count));
	for (i = 0; i < set->num; i++)
		for (pos = set->start[i]; pos + 1 < set->start[i + 1]; pos++)
			count[set->text[pos] << 8 | set->text[pos + 1]]++;
}

/* The pair worth most, the lowest if there are several. Return: false if none is worth a token. */
static bool best_pair(const struct token_set *set, const unsigned int *count, unsigned int *best)
{
	unsigned int pair, len;

	*best = 0;
	for (pair = 1; pair < NUM_PAIRS; pair++)
		if (count[pair] > count[*best])
			*best = pair;
	len = set->length[*best >> 8] + set->length[*best & 0xff];
	return count[*best] > TOKEN_COST(len);
}

/* Put @token in place of @pair everywhere; the text shrinks in place. */
static void merge_pair(struct token_set *set, unsigned int pair, u8 token)
{
	u8 first = pair >> 8, second = pair & 0xff;
	size_t i, in = 0, out = 0;

	for (i = 0; i < set->num; i++) {
		size_t end = set->start[i + 1];

		set->start[i] = out;
		while (in < end) {
			bool match = in + 1 < end && set->text[in] == first &&
				     set->text[in + 1] == second;

			set->text[out++] = match ? token : set->text[in];
			in += match ? 2 : 1;
		}
	}
	set->start[set->num] = out;
}

/* Compress @set->text in place, and fill in what each token stands for. */
void compress_strings(struct token_set *set)
{
	unsigned int *count = xalloc(NUM_PAIRS, sizeof(*count));
	unsigned int token, pair;

	start_with_characters(set);
	for (token = 0; token < KALLSYMS_TOKENS; token++) {
		if (set->length[token])
			continue;
		count_pairs(set, count);
		if (!best_pair(set, count, &pair))
			break;
		set_pair(set, token, pair);
		merge_pair(set, pair, token);
	}
	free(count);
}

void token_set_free(struct token_set *set)
{
	unsigned int token;

	for (token = 0; token < KALLSYMS_TOKENS; token++)
		free(set->expansion[token]);
	free(set->text);
	free(set->start);
}
