/* SPDX-License-Identifier: GPL-2.0 */
/* EACH(x): x(n) for a hundred numbers. */
#define TEN(x, d)	x(d##0) x(d##1) x(d##2) x(d##3) x(d##4) x(d##5) x(d##6) x(d##7) x(d##8) x(d##9)
#define EACH(x)		TEN(x, 0) TEN(x, 1) TEN(x, 2) TEN(x, 3) TEN(x, 4) \
			TEN(x, 5) TEN(x, 6) TEN(x, 7) TEN(x, 8) TEN(x, 9)
