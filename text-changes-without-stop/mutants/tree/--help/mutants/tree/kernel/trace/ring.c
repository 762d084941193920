// SPDX-License-Identifier: GPL-2.0
/*
 * Rings of events, one per CPU, for CPUs that run in parallel: what the shim stole, and what
 * happened to modules.
 *
 * Only a CPU itself writes to its ring. A steal may come in the middle of a remark; it takes the
 * next slot. Readers first stop the recording, and wait until no CPU can be inside it any more.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/smp.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/platform.h>

#include "trace.h"

#define RING_EVENTS	4096	/* a power of two */

struct ring {
	struct trace_event *events;
	atomic_t head;		/* free-running */
};

bool trace_ring_on;
static struct ring rings[TRACE_MAX_CPUS];
static DEFINE_MUTEX(ring_mutex);	/* start, stop, read */

static struct trace_event *next_slot(void)
{
	struct ring *r = &rings[raw_smp_processor_id()];

	return &r->events[((unsigned int)atomic_inc_return(&r->head) - 1) % RING_EVENTS];
}

/* See trace_ring_steal(). */
void __trace_ring_steal(unsigned long pc, u64 start, u64 ticks)
{
	*next_slot() = (struct trace_event){
		.when = start, .kind = TRACE_STEAL, .cpu = (u16)raw_smp_processor_id(),
		.value = ticks, .pc = pc,
	};
}

/* See trace_ring_mark(). With interrupts off, so that quiesce() waits for it. */
void __trace_ring_mark(const char *text)
{
	struct trace_event *e;
	unsigned long flags;

	local_irq_save(flags);
	if (READ_ONCE(trace_ring_on)) {
		e = next_slot();
		*e = (struct trace_event){
			.when = platform->clock(), .kind = TRACE_MARK,
			.cpu = (u16)raw_smp_processor_id(),
		};
		strscpy(e->text, text, sizeof(e->text));
	}
	local_irq_restore(flags);
}

/* The function at @pc is entered on this CPU; it will return to @parent. Context: any. */
void trace_ring_call(unsigned long pc, unsigned long parent)
{
	unsigned long flags;

	local_irq_save(flags);
	if (READ_ONCE(trace_ring_on))
		*next_slot() = (struct trace_event){
			.when = platform->clock(), .kind = TRACE_CALL,
			.cpu = (u16)raw_smp_processor_id(), .value = parent, .pc = pc,
		};
	local_irq_restore(flags);
}

static int mark_module(struct notifier_block *nb, unsigned long state, void *data)
{
	const char *what = state == MODULE_STATE_COMING ? "coming" :
			   state == MODULE_STATE_LIVE ? "live" : "going";
	const struct module *mod = data;
	char text[TRACE_TEXT_LEN];

	snprintf(text, sizeof(text), "%s %s", mod->name, what);
	trace_ring_mark(text);
	return NOTIFY_OK;
}

static struct notifier_block module_nb = { .notifier_call = mark_module };

static void answer(void *unused)
{
}

/* Once every CPU has answered, none is in the middle of an event. */
static void quiesce(void)
{
	on_each_cpu(answer, NULL, 1);
}

static int alloc_rings(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (!rings[cpu].events)
			rings[cpu].events = vzalloc(RING_EVENTS * sizeof(struct trace_event));
		if (!rings[cpu].events)
			return -ENOMEM;
	}
	return 0;
}

/* Empty the rings and record from now on. Context: thread. Return: 0, -EBUSY, -ENOMEM. */
int trace_ring_start(void)
{
	unsigned int cpu;
	int err = -EBUSY;

	mutex_lock(&ring_mutex);
	if (trace_ring_on)
		goto out_unlock;
	err = alloc_rings();
	if (err)
		goto out_unlock;
	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		atomic_set(&rings[cpu].head, 0);
	register_module_notifier(&module_nb);
	smp_store_release(&trace_ring_on, true);
out_unlock:
	mutex_unlock(&ring_mutex);
	return err;
}

/* Stop recording; what is in the rings stays. Context: thread. */
void trace_ring_stop(void)
{
	mutex_lock(&ring_mutex);
	if (trace_ring_on) {
		WRITE_ONCE(trace_ring_on, false);
		unregister_module_notifier(&module_nb);
		quiesce();
	}
	mutex_unlock(&ring_mutex);
}

static unsigned int ring_fill(const struct ring *r)
{
	return min((unsigned int)atomic_read(&r->head), (unsigned int)RING_EVENTS);
}

static int by_time(const void *a, const void *b)
{
	const struct trace_event *x = a, *y = b;

	return x->when < y->when ? -1 : x->when > y->when;
}

static void copy_rings(struct trace_log *log)
{
	unsigned int cpu;

	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++) {
		const struct ring *r = &rings[cpu];
		unsigned int n = ring_fill(r);

		memcpy(log->events + log->n, r->events, n * sizeof(*log->events));
		log->n += n;
		log->dropped += (unsigned int)atomic_read(&r->head) - n;
	}
	sort(log->events, log->n, sizeof(*log->events), by_time, NULL);
}

/*
 * All rings as one log, by time; while it is copied, nothing is recorded. Free with
 * trace_ring_log_free(). Context: thread. Return: 0 or -ENOMEM.
 */
int trace_ring_log(struct trace_log *log)
{
	unsigned int cpu, room = 0;
	bool was_on;

	mutex_lock(&ring_mutex);
	was_on = trace_ring_on;
	WRITE_ONCE(trace_ring_on, false);
	quiesce();
	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		room += ring_fill(&rings[cpu]);
	*log = (struct trace_log){ .room = room };
	log->events = vzalloc((room + 1) * sizeof(*log->events));
	if (log->events)
		copy_rings(log);
	smp_store_release(&trace_ring_on, was_on);
	mutex_unlock(&ring_mutex);
	return log->events ? 0 : -ENOMEM;
}

void trace_ring_log_free(struct trace_log *log)
{
	vfree(log->events);
}
