// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's part of the livepatch lesson: a(), and a place where module M offers its b() to callers who do not hold
 * M. That is what a driver does when it registers something; the module's exit takes it back, and until then b() can
 * be called, whatever state the module is in.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <stopgap/livepatch_lesson.h>
#include "internal.h"

static DEFINE_MUTEX(offer_mutex);
static int (*offered)(void);

/**
 * livepatch_a - the function of the kernel that is patched
 *
 * Context: any. Return: its version, 0.
 */
__attribute__((__noipa__)) int livepatch_a(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(livepatch_a);

void livepatch_offer(int (*b)(void))
{
	mutex_lock(&offer_mutex);
	klp_remark(b ? "init offers b()" : "exit takes b() back");
	offered = b;
	mutex_unlock(&offer_mutex);
}
EXPORT_SYMBOL_GPL(livepatch_offer);

void livepatch_withdraw(void)
{
	livepatch_offer(NULL);
}
EXPORT_SYMBOL_GPL(livepatch_withdraw);

int livepatch_call(void)
{
	int answer = -ENODEV;

	mutex_lock(&offer_mutex);
	if (offered) {
		answer = offered();
		klp_remark("b%d() has called a%d()", answer / 10, answer % 10);
	}
	mutex_unlock(&offer_mutex);
	return answer;
}
EXPORT_SYMBOL_GPL(livepatch_call);
