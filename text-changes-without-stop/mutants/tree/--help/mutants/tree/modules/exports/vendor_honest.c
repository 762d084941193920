// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: the export class asks a question, and this module answers it truthfully. With
 * kallsyms.export=gpl it is told that the symbol is for GPL modules only, with none that there is
 * no such symbol. Either way it is refused when it is loaded, before any of its code has run.
 */
#include "vendor.h"

MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Wants kallsyms_lookup_name() and says it is proprietary");
