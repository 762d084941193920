/* SPDX-License-Identifier: GPL-2.0 */
/* Waiting for modules to come or go. */
#ifndef _STOPGAP_MODULE_WQ_H
#define _STOPGAP_MODULE_WQ_H

#include <linux/wait.h>

/* Woken when a module becomes live, or goes away. */
extern struct wait_queue_head module_wq;

#endif
