// SPDX-License-Identifier: GPL-2.0
/* Replay strings and the symbolic form: printed, parsed back, and refused when they are wrong. */
// LINK: kernel/hv/policy/schedule.c kernel/hv/policy/symbolic.c kernel/hv/policy/text.c
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/dispatch.h>
#include <stopgap/schedule.h>

#include "unit.h"

#define FN_ADDR		0xc000000000400100ul

static struct sched_switch storage[16];

static struct replay example(unsigned int n)
{
	static struct sched_switch sw[] = {
		{ .from = 0, .nth = 17, .to = 1, .pc = FN_ADDR + 0x24, .occurrence = 2 },
		{ .from = 1, .nth = 40, .to = 0, .pc = FN_ADDR, .occurrence = 1 },
		{ .from = 7, .nth = 4000000000u, .to = 6, .pc = 0, .occurrence = 1 },
	};

	return (struct replay){
		.scenario = "kallsyms", .params = "unlink=spinlock,name=pointer", .model = "pso",
		.ncpus = 8, .seed = 0xfedcba9876543210ull, .image = 0x1a2b3c4d,
		.schedule = { .n = n, .max = 3, .sw = sw },
	};
}

static int parse(struct replay *r, const char *s)
{
	memset(r, 0, sizeof(*r));
	r->schedule.sw = storage;
	r->schedule.max = 16;
	return replay_parse(r, s);
}

TEST(strings_survive)
{
	struct replay r = example(3), back;
	char buf[256], again[256];

	int len = replay_print(buf, sizeof(buf), &r);

	CHECK_EQ(len, strlen(buf));
	CHECK(strstarts(buf, "RX1:kallsyms:unlink=spinlock,name=pointer:pso:8:fedcba9876543210:"
			"1a2b3c4d:0.17-1,1.40-0,7.4000000000-6:"));
	CHECK_EQ(parse(&back, buf), 0);
	CHECK_STR(back.scenario, "kallsyms");
	CHECK_STR(back.params, "unlink=spinlock,name=pointer");
	CHECK_STR(back.model, "pso");
	CHECK_EQ(back.ncpus, 8);
	CHECK_EQ(back.seed, r.seed);
	CHECK_EQ(back.image, r.image);
	CHECK_EQ(back.schedule.n, 3);
	CHECK_EQ(back.schedule.sw[2].nth, 4000000000u);
	replay_print(again, sizeof(again), &back);
	CHECK_STR(again, buf);
}

TEST(empty_ones_too)
{
	struct replay r = { .scenario = "x", .ncpus = 1 }, back;
	char buf[256];

	replay_print(buf, sizeof(buf), &r);
	CHECK_EQ(parse(&back, buf), 0);
	CHECK_EQ(back.schedule.n, 0);
	CHECK_STR(back.params, "");
}

/* Whatever single character is lost or changed, it is noticed. */
TEST(mangled_strings_are_noticed)
{
	struct replay r = example(2), back;
	char buf[256], bad[256];
	size_t i, len;

	len = replay_print(buf, sizeof(buf), &r);
	for (i = 0; i < len; i++) {
		strcpy(bad, buf);
		bad[i] = bad[i] == '1' ? '2' : '1';
		CHECK(parse(&back, bad) < 0);
		strcpy(bad, buf);
		memmove(bad + i, bad + i + 1, len - i);
		CHECK(parse(&back, bad) < 0);
		bad[i] = '\0';
		CHECK(parse(&back, bad) < 0);
	}
	CHECK_EQ(parse(&back, "RX2:x"), -EINVAL);
	CHECK_EQ(parse(&back, ""), -EINVAL);
	CHECK_EQ(parse(&back, "RX1:"), -EBADMSG);
	CHECK_EQ(parse(&back, "RX1:::::::"), -EBADMSG);
}

TEST(what_does_not_fit_is_refused)
{
	struct replay r = example(3), back = { .schedule = { .sw = storage, .max = 2 } };
	char buf[256], small[32];
	int len = replay_print(buf, sizeof(buf), &r);

	CHECK_EQ(replay_print(small, sizeof(small), &r), len);
	CHECK_EQ(strlen(small), sizeof(small) - 1);
	CHECK_EQ(replay_parse(&back, buf), -ENOSPC);
	strcpy(r.params, "a:b");
	CHECK_EQ(replay_print(buf, sizeof(buf), &r), -EINVAL);
}

static int fake_name(char *buf, size_t size, unsigned long addr)
{
	if (addr < FN_ADDR || addr >= FN_ADDR + 0x100)
		return -ENOENT;
	snprintf(buf, size, "fn+0x%lx", addr - FN_ADDR);
	return 0;
}

static int fake_addr(const char *name, unsigned long *addr)
{
	*addr = FN_ADDR;
	if (!strcmp(name, "twice"))
		return -ENOTUNIQ;
	return strcmp(name, "fn") && strcmp(name, "a.c:fn") && strcmp(name, "hello:fn") ? -ENOENT : 0;
}

static const struct symbol_lookup lookup = { .name = fake_name, .addr = fake_addr };

TEST(symbolic_form_survives)
{
	struct replay r = example(3);
	struct schedule back = { .sw = storage, .max = 16 };
	char buf[256], again[256];

	int len = schedule_print_symbolic(buf, sizeof(buf), &r.schedule, &lookup);

	CHECK_EQ(len, strlen(buf));
	CHECK_STR(buf, "cpu0@fn+0x24#2 -> cpu1, cpu1@fn+0x0#1 -> cpu0, cpu7@start#1 -> cpu6");
	CHECK_EQ(schedule_parse_symbolic(&back, buf, &lookup), 0);
	CHECK_EQ(back.n, 3);
	CHECK_EQ(back.sw[0].pc, FN_ADDR + 0x24);
	CHECK_EQ(back.sw[0].occurrence, 2);
	CHECK_EQ(back.sw[0].nth, 0);
	schedule_print_symbolic(again, sizeof(again), &back, &lookup);
	CHECK_STR(again, buf);
	CHECK_EQ(schedule_parse_symbolic(&back, "  cpu1@fn#3->cpu0 ,", &lookup), 0);
	CHECK_EQ(back.sw[0].pc, FN_ADDR);
	CHECK_EQ(schedule_parse_symbolic(&back, "cpu1@a.c:fn+0x8#3->cpu0, cpu0@hello:fn#1 -> cpu1", &lookup), 0);
	CHECK_EQ(back.sw[0].pc, FN_ADDR + 8);
	CHECK_EQ(back.n, 2);
}

/* It is no CPU, and has a place of its own. */
TEST(the_clock_has_a_name)
{
	static const char text[] = "cpu0@idle#2 -> clock, clock@tick#1 -> cpu1";
	struct sched_switch sw[4];
	struct schedule s = { .max = 4, .sw = sw };
	char buf[128];

	CHECK_EQ(schedule_parse_symbolic(&s, text, &lookup), 0);
	CHECK_EQ(sw[0].to, DISPATCH_CLOCK);
	CHECK_EQ(sw[1].from, DISPATCH_CLOCK);
	CHECK_EQ(sw[1].to, 1);
	CHECK_EQ(schedule_print_symbolic(buf, sizeof(buf), &s, &lookup), sizeof(text) - 1);
	CHECK_STR(buf, text);
}

TEST(bad_symbolic_forms_are_refused)
{
	struct schedule s = { .sw = storage, .max = 1 };
	struct replay r = example(3);
	char buf[16];

	r.schedule.sw[2].pc = 1;
	CHECK_EQ(schedule_print_symbolic(buf, sizeof(buf), &r.schedule, &lookup), -ENOENT);
	r.schedule.sw[2].pc = 0;
	CHECK_EQ(schedule_parse_symbolic(&s, "", &lookup), 0);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fm#1 -> cpu1", &lookup), -ENOENT);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@twice#1 -> cpu1", &lookup), -ENOTUNIQ);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn#0 -> cpu1", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu8@fn#1 -> cpu1", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn#1 -> cpu", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn+0xzz#1 -> cpu1", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@#1 -> cpu1", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn -> cpu1", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn#1 -> cpu1 cpu0", &lookup), -EINVAL);
	CHECK_EQ(schedule_parse_symbolic(&s, "cpu0@fn#1->cpu1,cpu0@fn#2->cpu1", &lookup), -ENOSPC);
	CHECK_EQ(s.n, 1);
}
