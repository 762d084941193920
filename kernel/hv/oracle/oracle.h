/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The dispatcher's side of model.h: memory model, shadow state and happens-before of the run that is
 * under way. All of it is about the CPU that runs, and does nothing outside a run.
 */
#ifndef _HV_SHARED_ORACLE_H
#define _HV_SHARED_ORACLE_H

#include "model.h"

struct race_run;

/**
 * struct oracle_config - what a person chose
 * @model: how stores behave
 * @hb: collect data races; they are no hits, because lock-free code has some on purpose
 */
struct oracle_config {
	enum memory_model model;
	bool hb;
};

extern struct oracle_config oracle_config;

/* What it is between the commands that choose. */
#define ORACLE_DEFAULTS	((struct oracle_config){ .model = MODEL_SC })

/* Does anything depend on the order of accesses: are stores delayed, or data races looked for? */
static inline bool oracle_orders(void)
{
	return oracle_config.model != MODEL_SC || oracle_config.hb;
}

/* An exploration begins. */
void oracle_begin(struct race_run *run);
/* Print the data races found in it, if they were looked for. Context: thread. */
void oracle_print_races(void);
/* A schedule does. @seed: of the stores' delays. */
void oracle_run_begin(u64 seed);
void oracle_run_end(void);

/* An access (ACCESS_*) is about to happen, its scheduling point is past. */
void oracle_access(unsigned long addr, unsigned long size, unsigned int how, unsigned long pc);
void oracle_alloc(unsigned long addr, unsigned long size);
void oracle_free(unsigned long addr, unsigned long size, unsigned long pc);

/*
 * These return how many stores have become visible late: the CPUs that wait for something to be
 * written should look again.
 */
unsigned int oracle_barrier(enum model_barrier kind);
unsigned int oracle_switch_out(void);
unsigned int oracle_settle_all(void);

/* May there be stores of this CPU that others do not see yet? */
bool oracle_delays(void);

/* This CPU goes on. */
void oracle_switch_in(void);

/*
 * Somebody else has found something wrong with what the running CPU is about to do at @pc: a hit, which says where.
 * Return: false if no run is under way.
 */
bool __printf(2, 3) oracle_complain(unsigned long pc, const char *fmt, ...);
bool oracle_is_running(void);

/* An interrupt for @cpu is sent; those of this CPU are taken. */
void oracle_ipi_send(unsigned int cpu);
void oracle_ipi_receive(void);

#endif
