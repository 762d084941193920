/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of KUnit: the suites that can run now. */
#ifndef _KUNIT_SET_H
#define _KUNIT_SET_H

struct kunit_suite;
struct module;

/* Suite i belongs to owners[i], NULL for the image. */
struct kunit_set {
	unsigned int n;
	struct kunit_suite **suites;
	struct module **owners;
};

/*
 * Collect all suites; loads the module that holds the image's own. Context: may sleep. Return: 0, or
 * a negative errno, and then there is nothing to put.
 */
int kunit_set_get(struct kunit_set *set);
void kunit_set_put(struct kunit_set *set);

#endif
