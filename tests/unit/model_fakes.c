// SPDX-License-Identifier: GPL-2.0
/* For the tests of kernel/hv/oracle: a stack that is never deeper than the access itself. */
#include "../../kernel/hv/oracle/model.h"

void model_site_here(struct model_site *site, unsigned long pc)
{
	*site = (struct model_site){ .pc = { pc } };
}
