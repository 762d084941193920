/* SPDX-License-Identifier: GPL-2.0 */
/* What lender.S and borrower.S agree on. */
#define SYMBOLS	1000
