/* SPDX-License-Identifier: GPL-2.0 */
/* What ftarget.ko offers to be patched. */
int ftarget_add(int x);
int ftarget_local(int x);
long ftarget_sum(int n, ...);
