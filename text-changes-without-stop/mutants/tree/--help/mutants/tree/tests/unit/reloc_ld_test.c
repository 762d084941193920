// SPDX-License-Identifier: GPL-2.0
/*
 * Relocations against the static linker: every type, with values around every edge, assembled and
 * linked by the cross binutils; the loader's arithmetic must give the same bytes and refuse the
 * same values. The same for the routines of -Os, which the linker makes too.
 */
// LINK: arch/powerpc/module_reloc.c arch/powerpc/module_savres.c
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleloader.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "module_reloc.h"
#include "module_savres.h"
#include "unit.h"

#define TEXT	0xc008000000010000ull
#define TOC	0xc008000000028000ull	/* .TOC.: 0x8000 into the section .toc */
#define STEP	16			/* bytes for each case */
#define FILLER	0xff			/* which is no instruction the linker would edit */
#define MAX_CASES 4096

/*
 * What a type's value is counted from, so that the edges come to lie where they matter. To a branch
 * that does not fit, the linker adds a stub: only what fits is compared.
 */
enum origin { ZERO, PLACE, TOCP, BRANCH };

static const struct type {
	unsigned char type;
	unsigned char origin;
} types[] = {
	{ R_PPC64_ADDR64, ZERO }, { R_PPC64_UADDR64, ZERO }, { R_PPC64_ADDR32, ZERO },
	{ R_PPC64_UADDR32, ZERO }, { R_PPC64_ADDR16, ZERO }, { R_PPC64_UADDR16, ZERO },
	{ R_PPC64_ADDR16_LO, ZERO }, { R_PPC64_ADDR16_HI, ZERO }, { R_PPC64_ADDR16_HA, ZERO },
	{ R_PPC64_ADDR16_HIGH, ZERO }, { R_PPC64_ADDR16_HIGHA, ZERO },
	{ R_PPC64_ADDR16_HIGHER, ZERO }, { R_PPC64_ADDR16_HIGHERA, ZERO },
	{ R_PPC64_ADDR16_HIGHEST, ZERO }, { R_PPC64_ADDR16_HIGHESTA, ZERO },
	{ R_PPC64_ADDR16_DS, ZERO }, { R_PPC64_ADDR16_LO_DS, ZERO },
	{ R_PPC64_TOC16, TOCP }, { R_PPC64_TOC16_LO, TOCP }, { R_PPC64_TOC16_HI, TOCP },
	{ R_PPC64_TOC16_HA, TOCP }, { R_PPC64_TOC16_DS, TOCP }, { R_PPC64_TOC16_LO_DS, TOCP },
	{ R_PPC64_REL32, PLACE }, { R_PPC64_REL64, PLACE }, { R_PPC64_REL16, PLACE },
	{ R_PPC64_REL16_LO, PLACE }, { R_PPC64_REL16_HI, PLACE }, { R_PPC64_REL16_HA, PLACE },
	{ R_PPC64_REL16_HIGH, PLACE }, { R_PPC64_REL16_HIGHA, PLACE },
	{ R_PPC64_REL16_HIGHER, PLACE }, { R_PPC64_REL16_HIGHERA, PLACE },
	{ R_PPC64_REL16_HIGHEST, PLACE }, { R_PPC64_REL16_HIGHESTA, PLACE },
	{ R_PPC64_REL24, BRANCH }, { R_PPC64_REL24_NOTOC, BRANCH },
	{ R_PPC64_REL14, BRANCH }, { R_PPC64_ADDR24, ZERO }, { R_PPC64_ADDR14, ZERO },
	{ R_PPC64_TOC, ZERO },
	{ R_PPC64_PCREL34, PLACE }, { R_PPC64_D34, ZERO },
};

static const u64 edges[] = {
	0, 4, 8, 0x1234, 0x7ffc, 0x7fff, 0x8000, 0xfffc, 0xffff, 0x10000, 0x18000,
	0x1fffffc, 0x2000000, 0x7fff7fff, 0x7fff8000, 0x7fffffff, 0x80000000, 0xffffffff,
	0x100000000, 0x1ffffffff, 0x200000000, 0x7fffffffffff, 0x123456789abcdef0,
	0x7fff7fff7fff7fff, 0x8000800080008000,
};

struct reloc_case {
	const struct type *type;
	u64 place, sym, slot;
	bool refused;		/* by the linker */
};

static struct reloc_case cases[MAX_CASES];
static unsigned int num_cases;
static unsigned char linked[MAX_CASES * STEP];

static u64 origin_of(const struct type *type, u64 place)
{
	return type->origin == ZERO ? 0 : type->origin == TOCP ? TOC : place;
}

static void add_case(const struct type *type, u64 delta)
{
	struct reloc_case *c = &cases[num_cases];
	u64 place = TEXT + num_cases * STEP;

	if (type->origin == BRANCH && (delta + 0x8000 >= 0x10000 || delta & 3))
		return;
	/* The linker lets a negative number pass for a positive one here; the loader does not. */
	if ((type->type == R_PPC64_ADDR32 || type->type == R_PPC64_UADDR32) &&
	    delta + 0x100000000 < 0x80000000)
		return;
	/* A linker that meets one of these ends without a result. */
	if (strstr(module_arch_reloc_name(type->type), "_DS") && delta & 3)
		return;
	/* Here it cuts, and takes what the instruction would extend the sign of. */
	if ((type->type == R_PPC64_ADDR24 || type->type == R_PPC64_ADDR14) &&
	    (delta & 3 || delta + 0x8000 >= 0x10000))
		return;
	*c = (struct reloc_case) { .type = type, .place = place };
	c->sym = delta + origin_of(type, place);
	num_cases++;
}

static void make_cases(void)
{
	num_cases = 0;
	for (size_t t = 0; t < ARRAY_SIZE(types); t++)
		for (size_t e = 0; e < ARRAY_SIZE(edges); e++) {
			add_case(&types[t], edges[e]);
			add_case(&types[t], -edges[e]);
			add_case(&types[t], ~edges[e] - 3);
		}
}

static void print_source(FILE *f)
{
	fprintf(f, "\t.section .toc,\"aw\"\n\t.quad 0\n\t.text\n");
	for (unsigned int i = 0; i < num_cases; i++)
		fprintf(f, "\t.reloc %u, %s, s%u\n\t.fill %u, 1, %u\n", i * STEP,
			module_arch_reloc_name(cases[i].type->type), i, STEP, FILLER);
}

static void print_script(FILE *f)
{
	for (unsigned int i = 0; i < num_cases; i++)
		fprintf(f, "s%u = 0x%llx;\n", i, (unsigned long long)cases[i].sym);
	fprintf(f, "SECTIONS { .text 0x%llx : { *(.text) } .toc 0x%llx : { *(.toc) }"
		" /DISCARD/ : { *(*) } }\n", TEXT, TOC - 0x8000);
}

/* The linker names the places it refuses; all else is in the bytes. */
static void read_refusals(FILE *f)
{
	char line[512], *at;

	while (fgets(line, sizeof(line), f)) {
		at = strstr(line, "(.text+0x");
		if (at && strstr(line, "truncated"))
			cases[strtoul(at + strlen("(.text+"), NULL, 16) / STEP % MAX_CASES]
				.refused = true;
	}
}

static FILE *open_in(const char *dir, const char *name, const char *mode)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return fopen(path, mode);
}

/* Run @command in @dir, with $X as the tools' prefix. Return: whether it succeeded. */
static bool run_in(const char *dir, const char *command)
{
	char line[1024];

	snprintf(line, sizeof(line), "cd %s && X=${CROSS_COMPILE:-powerpc64-linux-gnu-} && %s",
		 dir, command);
	return CHECK_EQ(system(line), 0);
}

static size_t read_file(const char *dir, const char *name, void *to, size_t size)
{
	FILE *f = open_in(dir, name, "rb");
	size_t n = f ? fread(to, 1, size, f) : 0;

	if (f)
		fclose(f);
	return n;
}

/* Assemble and link all cases. Return: whether that gave bytes. */
static bool link_cases(const char *dir, void (*source)(FILE *f), void (*script)(FILE *f))
{
	FILE *f = open_in(dir, "a.s", "w");

	source(f);
	fclose(f);
	f = open_in(dir, "a.lds", "w");
	script(f);
	fclose(f);
	if (!run_in(dir, "${X}as -a64 -mbig -mpower10 -o a.o a.s && "
		    "${X}ld -m elf64ppc --verbose --noinhibit-exec --no-toc-optimize -T a.lds "
		    "-o a.out a.o >a.log 2>&1; ${X}objcopy -O binary -j .text a.out a.bin"))
		return false;
	f = open_in(dir, "a.log", "r");
	read_refusals(f);
	fclose(f);
	return CHECK_EQ(read_file(dir, "a.bin", linked, sizeof(linked)), num_cases * STEP);
}

static bool check_case(const struct reloc_case *c, const unsigned char *want)
{
	struct ppc64_reloc_in in = { .sym = c->sym, .place = c->place, .toc = TOC,
				    .slot = c->slot };
	unsigned char bytes[STEP];
	int ret;

	memset(bytes, FILLER, sizeof(bytes));
	ret = ppc64_reloc_apply(c->type->type, bytes, &in);
	return CHECK_EQ(ret, c->refused ? -ERANGE : 0) && (ret || CHECK_MEM(bytes, want, STEP));
}

TEST(the_linker_agrees)
{
	char dir[] = "/tmp/reloc-XXXXXX";
	unsigned int refused = 0;

	make_cases();
	if (!CHECK(mkdtemp(dir)))
		return;
	if (link_cases(dir, print_source, print_script))
		for (unsigned int i = 0; i < num_cases; i++) {
			refused += cases[i].refused;
			if (!check_case(&cases[i], linked + i * STEP))
				fprintf(stderr, "\t%s to %llx from %llx\n",
					module_arch_reloc_name(cases[i].type->type),
					(unsigned long long)cases[i].sym,
					(unsigned long long)cases[i].place);
		}
	/* Neither all nor none: the log was understood. */
	CHECK(refused > num_cases / 10 && refused < num_cases / 2);
	run_in(dir, "rm -f a.*");
	remove(dir);
}

/* ---- through a slot: the linker says where its own are ---- */

static const struct type slot_types[] = {
	{ R_PPC64_GOT16, ZERO }, { R_PPC64_GOT16_LO, ZERO }, { R_PPC64_GOT16_HI, ZERO },
	{ R_PPC64_GOT16_HA, ZERO }, { R_PPC64_GOT16_DS, ZERO }, { R_PPC64_GOT16_LO_DS, ZERO },
	{ R_PPC64_GOT_PCREL34, ZERO },
};

/* Symbols that nothing but their slots tells apart, more than 16 bits reach the slots of. */
#define SLOT_SYM(i)	(0x123456789abc0000ull + (i) * 8)
#define NUM_SLOTS	9000
#define SLOT_CASES	200	/* of each type */

static void make_slot_cases(void)
{
	num_cases = 0;
	for (unsigned int i = 0; i < SLOT_CASES * ARRAY_SIZE(slot_types); i++)
		cases[num_cases++] = (struct reloc_case) {
			.type = &slot_types[i % ARRAY_SIZE(slot_types)],
			.place = TEXT + i * STEP, .sym = SLOT_SYM(i),
		};
}

static void print_slot_source(FILE *f)
{
	print_source(f);
	fprintf(f, "\t.section .more,\"a\"\n");
	for (unsigned int i = num_cases; i < NUM_SLOTS; i++)
		fprintf(f, "\t.reloc ., R_PPC64_GOT16_LO, s%u\n\t.short 0\n", i);
}

static void print_slot_script(FILE *f)
{
	for (unsigned int i = 0; i < NUM_SLOTS; i++)
		fprintf(f, "s%u = 0x%llx;\n", i, (unsigned long long)SLOT_SYM(i));
	fprintf(f, "SECTIONS { .text 0x%llx : { *(.text) } .got 0x%llx : { *(.got .toc) }"
		" .more : { *(.more) } /DISCARD/ : { *(*) } }\n", TEXT, TOC - 0x8000);
}

/* Which slot the linker has given to @sym. */
static u64 slot_of(u64 sym, const unsigned char *got, size_t size)
{
	unsigned char wanted[8];

	for (unsigned int i = 0; i < 8; i++)
		wanted[i] = (unsigned char)(sym >> (56 - 8 * i));
	for (size_t at = 0; at + 8 <= size; at += 8)
		if (!memcmp(got + at, wanted, 8))
			return TOC - 0x8000 + at;
	return 0;
}

TEST(the_linker_agrees_on_what_goes_through_a_slot)
{
	static unsigned char got[(NUM_SLOTS + 100) * 8];
	char dir[] = "/tmp/reloc-XXXXXX";
	unsigned int refused = 0;
	size_t size;

	make_slot_cases();
	if (!CHECK(mkdtemp(dir)))
		return;
	if (link_cases(dir, print_slot_source, print_slot_script)) {
		run_in(dir, "${X}objcopy -O binary -j .got a.out a.got");
		size = read_file(dir, "a.got", got, sizeof(got));
		for (unsigned int i = 0; i < num_cases; i++) {
			cases[i].slot = slot_of(cases[i].sym, got, size);
			CHECK(cases[i].slot);
			refused += cases[i].refused;
			if (!check_case(&cases[i], linked + i * STEP))
				fprintf(stderr, "\t%s through slot %llx\n",
					module_arch_reloc_name(cases[i].type->type),
					(unsigned long long)cases[i].slot);
		}
	}
	CHECK(refused > 0 && refused < num_cases / 4);
	run_in(dir, "rm -f a.*");
	remove(dir);
}

TEST(the_linker_makes_the_same_routines)
{
	static const char script[] = "(for f in save rest; do for n in 0 1; do for r in "
		"14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31; do "
		"echo \" .long _${f}gpr${n}_$r - 0x2000\"; done; done; done; echo ' .text'; "
		"for e in savegpr0 restgpr0 savegpr1 restgpr1; do echo \" bl _${e}_14\"; done; "
		"echo ' bl _restgpr0_30') | sed '1i .section .offsets,\"a\"' | "
		"${X}as -a64 -mbig -o a.o - && printf 'SECTIONS { .text 0x1000 : { *(.text) } "
		".sfpr 0x2000 : { *(.sfpr) } .offsets 0x3000 : { *(.offsets) } }' >a.lds "
		"&& ${X}ld -m elf64ppc --save-restore-funcs -T a.lds -o a.out a.o >/dev/null && "
		"${X}objcopy -O binary -j .sfpr a.out a.bin && ${X}objcopy -O binary -j .offsets a.out a.off";
	char dir[] = "/tmp/savres-XXXXXX", name[16];
	unsigned char ours[PPC64_SAVRES_INSNS * 4], theirs[1024], offsets[4 * 18 * 4];

	if (!CHECK(mkdtemp(dir)))
		return;
	run_in(dir, script);
	ppc64_savres_write(ours);
	CHECK_EQ(read_file(dir, "a.bin", theirs, sizeof(theirs)), sizeof(ours));
	CHECK_MEM(ours, theirs, sizeof(ours));
	CHECK_EQ(read_file(dir, "a.off", offsets, sizeof(offsets)), sizeof(offsets));
	for (unsigned int i = 0; i < sizeof(offsets) / 4; i++) {
		snprintf(name, sizeof(name), "_%sgpr%u_%u", i < 36 ? "save" : "rest", i / 18 % 2,
			 14 + i % 18);
		if (!CHECK_EQ(ppc64_savres_offset(name), ppc64_read_insn(offsets + 4 * i)))
			fprintf(stderr, "\t%s\n", name);
	}
	run_in(dir, "rm -f a.*");
	remove(dir);
}

TEST(other_names_are_no_routines)
{
	static const char *const names[] = {
		"", "_", "_savegpr0_", "_savegpr0_1", "_savegpr0_13", "_savegpr0_32",
		"_savegpr0_144", "_savegpr2_14", "_savegpr0-14", "savegpr0_14", "_savefpr0_14",
		"_restgpr0_1x", "_savegpr0_14x",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!CHECK_EQ(ppc64_savres_offset(names[i]), -ENOENT))
			fprintf(stderr, "\t%s\n", names[i]);
}
