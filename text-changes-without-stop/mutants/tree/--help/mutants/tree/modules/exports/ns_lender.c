// SPDX-License-Identifier: GPL-2.0
/*
 * Exports into a namespace. An export is an offer to the whole world; a namespace narrows it to
 * those who ask for it by name, and so makes it visible in each user's source that it depends on
 * something that was not meant for everybody.
 */
#include <linux/module.h>
#include "lenders.h"

int ns_value(void)
{
	return 20;
}
EXPORT_SYMBOL_NS(ns_value, LENDER);

int ns_gpl_value(void)
{
	return 22;
}
EXPORT_SYMBOL_NS_GPL(ns_gpl_value, LENDER);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports symbols in the namespace LENDER");
