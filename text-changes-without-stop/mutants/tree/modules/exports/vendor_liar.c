// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: the licence is a string, and nobody can check it. One word is all that keeps
 * vendor_honest out; with it, one GPL-only export is every symbol there is. So the class of that
 * export was never the protection it looked like, and it was taken away (kallsyms.export=none): a
 * lie about a licence does not make a symbol exist.
 */
#include "vendor.h"

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Wants kallsyms_lookup_name() and says it is GPL");
