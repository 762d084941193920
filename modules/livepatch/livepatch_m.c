// SPDX-License-Identifier: GPL-2.0
/* Module M of the livepatch lesson: offers b(), which calls the kernel's a(), from its init to its exit. */
#include <linux/module.h>
#include <linux/sched.h>
#include <stopgap/livepatch_lesson.h>

/* For livepatch_reloc, which finds them although they are static. */
static __used int livepatch_m_number = 11;

static __used noinline int livepatch_m_helper(int x)
{
	return 4 * x;
}

/* It lets others run in the middle, as what takes long does. */
static noinline int livepatch_b(void)
{
	cond_resched();
	return 10 * 0 + livepatch_a();
}

static int __init livepatch_m_init(void)
{
	livepatch_offer(livepatch_b);
	return 0;
}

static void __exit livepatch_m_exit(void)
{
	livepatch_withdraw();
}

module_init(livepatch_m_init);
module_exit(livepatch_m_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has a function that the patches of the livepatch lesson replace");
