/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the races between rmmod and a call by name have in common: a module that comes and goes, one participant that
 * removes it and one that uses it, and a world around them as it was in 2000.
 */
#ifndef _RACE_BY_NAME_H
#define _RACE_BY_NAME_H

#include <stopgap/race.h>

/**
 * struct by_name_subject - a module, and how it is used
 * @module: its name; the file in the ramdisk has it too
 * @needs: the module whose symbols it uses, or NULL
 * @service: through which it is called
 * @irq_busy: the interrupt line it wants is somebody else's, so that it cannot be opened
 * @open: call it by name. Return: a token, or a negative errno
 * @close: give the token back
 */
struct by_name_subject {
	const char *module;
	const char *needs;
	struct service *service;
	bool irq_busy;
	long (*open)(void);
	void (*close)(long token);
};

/* The axes that all have: what open is called under, who counts, and what is raced against. */
extern struct race_choice by_name_lock, by_name_get, by_name_op;

#define BY_NAME_AXES \
	RACE_HEADLINE("lock", &by_name_lock), \
	RACE_HEADLINE("get", &by_name_get), \
	RACE_CHOICE("op", &by_name_op)

extern const struct race_participant by_name_participants[2];

/* Parts of a scenario. by_name_setup() with the module to use; whatever it returned, by_name_teardown() comes after. */
int by_name_setup(const struct by_name_subject *subject);
int by_name_prepare(struct race_run *run);
int by_name_finish(struct race_run *run);
void by_name_teardown(struct race_run *run);

#endif
