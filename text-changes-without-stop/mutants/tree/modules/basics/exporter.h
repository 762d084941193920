/* SPDX-License-Identifier: GPL-2.0 */
/* What exporter.ko offers to user.ko. */
#ifndef _EXPORTER_H
#define _EXPORTER_H

int exporter_add(int a, int b);
int exporter_gpl_value(void);
extern int exporter_calls;

#endif
