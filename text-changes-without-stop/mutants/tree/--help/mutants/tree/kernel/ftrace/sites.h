/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of the kernel's function entry sites, two bytes for each: made by tools/ftrace_sites, read by sites.c.
 *
 * The text is cut into buckets of 256 KiB. ftrace_site_low[] has, for each site in order, its offset in its bucket,
 * in instructions; those of bucket b are [ftrace_site_first[b], ftrace_site_first[b + 1]).
 */
#ifndef _FTRACE_SITES_H
#define _FTRACE_SITES_H

#define FTRACE_SITE_SHIFT	18
#define FTRACE_SITE_BUCKETS	16

#endif
