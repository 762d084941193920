// SPDX-License-Identifier: GPL-2.0
/*
 * Commands on their way, each in a thread of its own, so that an oops kills the command and not the shell. The shell
 * waits for most of them; those with a '&' behind them are listed here until somebody does.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "shell.h"

/**
 * struct shell_job - one command
 * @cmd: it
 * @argc: its arguments
 * @argv: likewise; a job in the background has copies
 * @task: its thread, with a reference; NULL once it has ended and has been buried
 * @started: the thread has begun: one that is stopped before that does not run the command
 * @finished: the command has returned; if it has not, and the thread has ended, an oops killed it
 * @status: what it returned
 * @background: nobody waits for it whom ^C is meant for
 * @list: on background_jobs
 * @id: of a job in the background
 */
struct shell_job {
	const struct shell_command *cmd;
	int argc;
	char **argv;
	struct task_struct *task;
	struct completion started;
	bool finished;
	int status;
	bool background;
	struct list_head list;
	unsigned int id;
};

static DEFINE_MUTEX(jobs_mutex);	/* protects what follows */
static LIST_HEAD(background_jobs);
static struct task_struct *loner;	/* the thread of the command that has to be alone, NULL if there is none */
static int loglevel_before;		/* what it may have changed */

static int job_thread(void *data)
{
	struct shell_job *job = data;

	complete(&job->started);
	job->status = job->cmd->run(job->argc, job->argv);
	WRITE_ONCE(job->finished, true);
	return 0;
}

/* The job that a thread was made for, or NULL. */
static struct shell_job *job_of(struct task_struct *task)
{
	return kthread_func(task) == job_thread ? kthread_data(task) : NULL;
}

bool shell_in_background(struct task_struct *task)
{
	const struct shell_job *job = job_of(task);

	return job && READ_ONCE(job->background);
}

/* Context: jobs_mutex held. Return: whether a command that has to be alone may begin. */
static bool may_be_alone(void)
{
	if (!loner)
		return true;
	if (READ_ONCE(loner->__state) != TASK_DEAD)
		return false;
	console_loglevel = loglevel_before;
	return true;
}

/* Let go of a thread that has ended, its stack above all. Context: jobs_mutex held. */
static void bury(struct shell_job *job)
{
	if (loner == job->task && may_be_alone())
		loner = NULL;
	put_task_struct(job->task);
	job->task = NULL;
}

/* Nobody may ever wait for what runs in the background, and no command runs without a thread. */
static void bury_dead(void)
{
	struct shell_job *job;

	mutex_lock(&jobs_mutex);
	list_for_each_entry(job, &background_jobs, list) {
		if (!job->task || READ_ONCE(job->task->__state) != TASK_DEAD)
			continue;
		kthread_stop(job->task);
		bury(job);
	}
	mutex_unlock(&jobs_mutex);
}

static int start_job(struct shell_job *job)
{
	bury_dead();
	init_completion(&job->started);
	job->task = kthread_create(job_thread, job, "sh/%s", job->cmd->name);
	if (IS_ERR(job->task)) {
		cprintf("%s: no thread: %pe\n", job->cmd->name, job->task);
		return PTR_ERR(job->task);
	}
	get_task_struct(job->task);	/* it may end before kthread_stop() */
	wake_up_process(job->task);
	wait_for_completion(&job->started);
	return 0;
}

/**
 * shell_run_alone() - run a command's function, if no other such command is running
 * @run: the function
 * @argc: its arguments
 * @argv: likewise
 *
 * One that is killed by an oops leaves no more behind than the next one finds.
 *
 * Context: a command's thread, may sleep. Return: what @run returns; -EBUSY, after a message.
 */
int shell_run_alone(int (*run)(int argc, char **argv), int argc, char **argv)
{
	int err = 0;

	mutex_lock(&jobs_mutex);
	if (may_be_alone()) {
		loner = current;
		loglevel_before = console_loglevel;
	} else {
		cprintf("%s: has to be alone, and %s is running\n", argv[0], loner->comm);
		err = -EBUSY;
	}
	mutex_unlock(&jobs_mutex);
	if (err)
		return err;
	err = run(argc, argv);
	mutex_lock(&jobs_mutex);
	loner = NULL;
	mutex_unlock(&jobs_mutex);
	return err;
}

/* Wait for the end. kthread_stop() asks the thread to stop too, which no command looks at. Return: the status. */
static int finish_job(struct shell_job *job)
{
	if (job->task) {
		kthread_stop(job->task);
		mutex_lock(&jobs_mutex);
		bury(job);
		mutex_unlock(&jobs_mutex);
	}
	if (job->finished)
		return job->status;
	cprintf("%s: killed by an oops\n", job->cmd->name);
	return -EFAULT;
}

int shell_run_job(const struct shell_command *cmd, int argc, char **argv)
{
	struct shell_job job = {
		.cmd = cmd, .argc = argc, .argv = argv, .background = shell_in_background(current),
	};

	return start_job(&job) ?: finish_job(&job);
}

/* ---- in the background ---- */

static void free_job(struct shell_job *job)
{
	for (int i = 0; job->argv && i < job->argc; i++)
		kfree(job->argv[i]);
	kfree(job->argv);
	kfree(job);
}

/* A job with arguments of its own, or NULL. */
static struct shell_job *alloc_job(const struct shell_command *cmd, int argc, char **argv)
{
	struct shell_job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return NULL;
	job->cmd = cmd;
	job->background = true;
	job->argc = argc;
	job->argv = kcalloc(argc + 1, sizeof(*job->argv), GFP_KERNEL);
	for (int i = 0; job->argv && i < argc; i++) {
		job->argv[i] = kstrdup(argv[i], GFP_KERNEL);
		if (!job->argv[i])
			goto out_free;
	}
	if (job->argv)
		return job;
out_free:
	free_job(job);
	return NULL;
}

/* Numbers begin with 1 again when there is no job left. */
static void list_job(struct shell_job *job)
{
	mutex_lock(&jobs_mutex);
	job->id = list_empty(&background_jobs) ? 1 :
		  list_last_entry(&background_jobs, struct shell_job, list)->id + 1;
	list_add_tail(&job->list, &background_jobs);
	mutex_unlock(&jobs_mutex);
}

int shell_run_background(const struct shell_command *cmd, int argc, char **argv)
{
	struct shell_job *job = alloc_job(cmd, argc, argv);
	int err;

	if (!job) {
		cprintf("%s: out of memory\n", cmd->name);
		return -ENOMEM;
	}
	err = start_job(job);
	if (err) {
		free_job(job);
		return err;
	}
	list_job(job);
	cprintf("[%u]\n", job->id);
	return 0;
}

/*
 * Take a job off the list, to wait for it: the one called @id, or with 0 the first; never the caller's own. It is in the
 * background no more, unless the caller is. Return: NULL if there is none.
 */
static struct shell_job *take_job(unsigned int id)
{
	struct shell_job *job, *found = NULL;

	mutex_lock(&jobs_mutex);
	list_for_each_entry(job, &background_jobs, list) {
		if ((id && job->id != id) || job == job_of(current))
			continue;
		list_del(&job->list);
		WRITE_ONCE(job->background, shell_in_background(current));
		found = job;
		break;
	}
	mutex_unlock(&jobs_mutex);
	return found;
}

static int wait_for_job(struct shell_job *job)
{
	int status = finish_job(job);

	if (status)
		cprintf("[%u] %s: %s (err %d)\n", job->id, job->cmd->name, shell_strerror(status), status);
	free_job(job);
	return status;
}

int shell_wait_all(void)
{
	struct shell_job *job;
	int first = 0, status;

	while ((job = take_job(0))) {
		status = wait_for_job(job);
		first = first ?: status;
	}
	return first;
}

static int wait_command(int argc, char **argv)
{
	struct shell_job *job;
	unsigned int id;

	if (argc == 1)
		return shell_wait_all();
	if (argc != 2 || kstrtouint(argv[1], 10, &id) || !id) {
		cprintf("usage: wait [JOB]\n");
		return -EINVAL;
	}
	job = take_job(id);
	if (!job) {
		cprintf("wait: no job %u\n", id);
		return -ESRCH;
	}
	return wait_for_job(job);
}
SHELL_COMMAND(wait, wait_command, NULL, "[JOB]", "wait for commands in the background, as by 'open foo &'");

static const char *job_state(const struct shell_job *job)
{
	if (READ_ONCE(job->finished))
		return "done";
	return !job->task || READ_ONCE(job->task->__state) == TASK_DEAD ? "dead" : "runs";
}

static int jobs_command(int argc, char **argv)
{
	const struct shell_job *job;

	mutex_lock(&jobs_mutex);
	list_for_each_entry(job, &background_jobs, list) {
		cprintf("[%u] %s ", job->id, job_state(job));
		for (int i = 0; i < job->argc; i++)
			cprintf(" %s", job->argv[i]);
		cprintf("\n");
	}
	mutex_unlock(&jobs_mutex);
	return 0;
}
SHELL_COMMAND(jobs, jobs_command, NULL, "", "list the commands in the background that nobody has waited for");
