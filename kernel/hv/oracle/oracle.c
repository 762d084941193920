// SPDX-License-Identifier: GPL-2.0
/*
 * What watches an explored run besides the scenario's own oracle: each access, allocation and free,
 * barrier and switch goes by here. A bad access is a hit; a data race is noted.
 */
#include <asm/paca.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <stopgap/console.h>
#include <stopgap/freed_by.h>
#include <stopgap/race.h>
#include <stopgap/vmap.h>

#include "../shared/access.h"
#include "list_check.h"
#include "oracle.h"
#include "../shared/stale.h"

#define RACES	16	/* data races kept, to be printed */

struct oracle_config oracle_config;

static struct race_run *watched;
static bool running;
static struct hb_race races[RACES];
static unsigned int nr_races;

static unsigned int me(void)
{
	return local_paca->cpu;
}

void oracle_begin(struct race_run *run)
{
	watched = run;
	nr_races = 0;
	hb_reset();
}

static void print_race(const struct hb_race *race)
{
	static const char *const what[] = { "reads", "writes", "reads (marked)", "writes (marked)" };

	cprintf("data race on %u bytes at %016lx (%pS):\n", race->size, race->addr,
		(void *)race->addr);
	for (unsigned int side = 0; side < 2; side++) {
		const struct hb_access_record *a = &race->side[side];

		cprintf("  CPU%u %s at %pB\n", a->cpu, what[a->flags], (void *)a->site.pc[0]);
		for (unsigned int i = 1; i < MODEL_FRAMES && a->site.pc[i]; i++)
			cprintf("    called from %pB\n", (void *)a->site.pc[i]);
	}
}

void oracle_print_races(void)
{
	for (unsigned int i = 0; i < min(nr_races, (unsigned int)RACES); i++)
		print_race(&races[i]);
	if (oracle_config.hb)
		cprintf("%u data races, %lu places forgotten for lack of room\n", nr_races, hb_lost());
}

void oracle_run_begin(u64 seed)
{
	model_run_begin(oracle_config.model, seed);
	shadow_reset();
	list_check_begin();
	if (oracle_config.hb)
		hb_run_begin();
	running = true;
}

void oracle_run_end(void)
{
	running = false;
	model_run_end();
}

#define SITE_LEN	192

/* Of all hits the first one's words are kept, and words take longer than a short schedule. */
static bool is_counted_only(void)
{
	return watched->first;
}

/* Where it was done, and who had it done. */
static const char *site_text(char *buf, size_t size, const struct model_site *site)
{
	if (site->pc[1])
		snprintf(buf, size, "%pB called from %pB", (void *)site->pc[0], (void *)site->pc[1]);
	else
		snprintf(buf, size, "%pB", (void *)site->pc[0]);
	return buf;
}

const char *freed_by(char *buf, size_t size, unsigned long addr)
{
	const struct shadow_record *r = running && !is_counted_only() ? shadow_find(addr) : NULL;
	char site[SITE_LEN];

	buf[0] = '\0';
	if (r)
		scnprintf(buf, size, ", freed on CPU %u at %s", r->cpu, site_text(site, sizeof(site), &r->site));
	return buf;
}

/* Who has made @addr a bad address: freed its memory, or deleted the list's entry that it was read from. */
static void complain_of_two(const char *what, unsigned long addr, const char *verb, const char *used)
{
	const struct shadow_record *r = shadow_find(addr);
	const struct list_change *c = list_deleted_under(this_lcpu());
	char freed[SITE_LEN];

	if (r)
		race_hit(watched, "%s at %s; CPU%u %s at %s", what, site_text(freed, sizeof(freed), &r->site), me(),
			 verb, used);
	else if (c && shadow_is_list_poison(addr))
		race_hit(watched, "%s on CPU %u at %pB; CPU%u %s %lx at %s", what, c->cpu, (void *)c->pc, me(), verb,
			 addr, used);
	else
		race_hit(watched, "%s; CPU%u %s %lx at %s", what, me(), verb, addr, used);
}

static void complain(const char *what, unsigned long addr, unsigned int how, unsigned long pc)
{
	struct model_site here;
	char used[SITE_LEN];

	stale_forget();
	if (is_counted_only()) {
		race_hit(watched, "%s", what);
		return;
	}
	model_site_here(&here, pc);
	complain_of_two(what, addr, how & ACCESS_WRITE ? "writes" : "reads", site_text(used, sizeof(used), &here));
}

bool oracle_is_running(void)
{
	return running;
}

bool oracle_complain(unsigned long pc, const char *fmt, ...)
{
	char text[RACE_WHAT_LEN];
	va_list args;

	if (!running)
		return false;
	if (is_counted_only()) {
		race_hit(watched, "%s", fmt);
		return true;
	}
	this_lcpu()->quiet++;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	race_hit(watched, "%s; CPU%u at %pB", text, me(), (void *)pc);
	this_lcpu()->quiet--;
	return true;
}

static void check_order(unsigned long addr, unsigned long size, unsigned int how, unsigned long pc)
{
	unsigned int flags = (how & ACCESS_WRITE ? HB_WRITE : 0) |
			     (how & (ACCESS_VOLATILE | ACCESS_ATOMIC) ? HB_MARKED : 0);
	const struct hb_race *race = hb_access(me(), addr, (unsigned int)size, flags, pc);

	if (race && nr_races++ < RACES)
		races[nr_races - 1] = *race;
	if (how & ACCESS_ATOMIC) {
		hb_acquire(me(), addr);
		hb_release(me(), addr);
	}
}

void oracle_access(unsigned long addr, unsigned long size, unsigned int how, unsigned long pc)
{
	const char *bad;

	if (!running)
		return;
	bad = (addr & 7) + size <= 8 && shadow_is_clean(addr) ? NULL : shadow_check(addr, size);
	if (bad)
		complain(bad, addr, how, pc);
	if (oracle_config.hb)
		check_order(addr, size, how, pc);
	if ((how & (ACCESS_WRITE | ACCESS_ATOMIC)) == ACCESS_WRITE) {
		model_store_from(me(), pc);
		model_store(me(), addr, size);
	}
}

void oracle_alloc(unsigned long addr, unsigned long size)
{
	if (!running)
		return;
	shadow_alloc(addr, size);
	if (oracle_config.hb)
		hb_forget(addr, size);
}

void oracle_free(unsigned long addr, unsigned long size, unsigned long pc)
{
	const char *bad;

	if (!running)
		return;
	bad = shadow_free(addr, size, addr >= VMAP_START && addr < VMAP_END ? "vmap" : "kmalloc",
			  me(), pc);
	if (bad)
		complain(bad, addr, ACCESS_WRITE, pc);
}

unsigned int oracle_barrier(enum model_barrier kind)
{
	if (!running)
		return 0;
	if (oracle_config.hb && kind != MODEL_RMB)
		hb_fence(me());
	return model_barrier(me(), kind);
}

bool oracle_delays(void)
{
	return running && model_pending(me());
}

unsigned int oracle_switch_out(void)
{
	return running ? model_switch_out(me()) : 0;
}

void oracle_switch_in(void)
{
	const char *late = model_switch_in(me());
	const struct shadow_record *r;
	char freed[SITE_LEN];

	if (!late || !running)
		return;
	r = is_counted_only() ? NULL : shadow_find(model_late.addr);
	race_hit(watched, "%s%s%s; a delayed store of CPU%u lands there, made at %pB", late, r ? " at " : "",
		 r ? site_text(freed, sizeof(freed), &r->site) : "", me(), (void *)model_late.pc);
}

unsigned int oracle_settle_all(void)
{
	return running ? model_drain_all() : 0;
}

void oracle_ipi_send(unsigned int cpu)
{
	if (running && oracle_config.hb)
		hb_release(me(), (unsigned long)&paca[cpu]);
}

void oracle_ipi_receive(void)
{
	if (running && oracle_config.hb)
		hb_acquire(me(), (unsigned long)&paca[me()]);
}
