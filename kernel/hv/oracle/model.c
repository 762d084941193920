// SPDX-License-Identifier: GPL-2.0
/* The store buffers of all logical CPUs, under the model of the schedule that is running. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "model.h"
#include "storebuf.h"

static const char *const model_names[MODEL_NR] = { "sc", "tso", "pso" };

/* Which barriers empty the buffer; MODEL_WMB only divides it, MODEL_RMB is for loads. */
static const bool drains[MODEL_BARRIERS] = {
	[MODEL_MB] = true,
	[MODEL_ATOMIC] = true,
	[MODEL_LOCK] = true,
	[MODEL_UNLOCK] = true,
	[MODEL_CONTEXT] = true,
};

static struct storebuf buffers[MODEL_CPUS];
static enum memory_model current_model;
static u64 run_seed;

const char *model_name(enum memory_model model)
{
	return model_names[model];
}

enum memory_model model_find(const char *name)
{
	enum memory_model model = 0;

	while (model < MODEL_NR && strcmp(model_names[model], name))
		model++;
	return model;
}

void model_run_begin(enum memory_model model, u64 seed)
{
	for (unsigned int cpu = 0; cpu < MODEL_CPUS && model != MODEL_SC; cpu++)
		storebuf_reset(&buffers[cpu]);
	current_model = model;
	run_seed = seed;
}

void model_run_end(void)
{
	model_drain_all();
	current_model = MODEL_SC;
}

void model_store(unsigned int cpu, unsigned long addr, unsigned long size)
{
	if (current_model != MODEL_SC)
		storebuf_store(&buffers[cpu], addr, size);
}

void model_store_from(unsigned int cpu, unsigned long pc)
{
	buffers[cpu].pc = pc;
}

unsigned int model_pending(unsigned int cpu)
{
	return current_model == MODEL_SC ? 0 : buffers[cpu].n;
}

void model_settle(unsigned int cpu)
{
	storebuf_settle(&buffers[cpu]);
}

unsigned int model_barrier(unsigned int cpu, enum model_barrier kind)
{
	if (current_model == MODEL_SC)
		return 0;
	if (drains[kind])
		return storebuf_drain(&buffers[cpu]);
	if (kind == MODEL_WMB)
		storebuf_fence(&buffers[cpu]);
	return 0;
}

unsigned int model_switch_out(unsigned int cpu)
{
	/* The CPU's share of the seed: the coins of two CPUs are not the same. */
	u64 seed = (run_seed + 1) * 0xff51afd7ed558ccdULL ^ (cpu + 1) * 0xc4ceb9fe1a85ec53ULL;

	return storebuf_out(&buffers[cpu], current_model, seed);
}

struct model_late model_late;

/* Drop the delayed stores of @sb that would land in freed memory. */
static const char *drop_stale(struct storebuf *sb)
{
	const char *complaint = NULL;

	for (unsigned int i = 0; i < sb->n; i++) {
		struct buffered_store *s = &sb->entry[i];
		const char *bad = s->size ? shadow_check(s->addr, s->size) : NULL;

		if (!bad)
			continue;
		s->size = 0;
		model_late = (struct model_late){ s->addr, s->pc };
		complaint = bad;
	}
	return complaint;
}

const char *model_switch_in(unsigned int cpu)
{
	const char *complaint = drop_stale(&buffers[cpu]);

	storebuf_in(&buffers[cpu]);
	return complaint;
}

unsigned int model_drain_all(void)
{
	unsigned int late = 0;

	if (current_model == MODEL_SC)
		return 0;
	for (unsigned int cpu = 0; cpu < MODEL_CPUS; cpu++) {
		if (buffers[cpu].out)
			drop_stale(&buffers[cpu]);
		late += storebuf_drain(&buffers[cpu]);
	}
	return late;
}
