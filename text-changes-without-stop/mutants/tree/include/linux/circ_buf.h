/* SPDX-License-Identifier: GPL-2.0 */
/* Arithmetic for a ring of a power of two of bytes, whose head is written and whose tail is read. */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H

struct circ_buf {
	char *buf;
	int head;
	int tail;
};

/* How many bytes are in it; for how many there is room, one always being left free. */
#define CIRC_CNT(head, tail, size)	(((head) - (tail)) & ((size) - 1))
#define CIRC_SPACE(head, tail, size)	CIRC_CNT((tail), ((head) + 1), (size))

/* The same, but only as many as follow without a gap. */
#define CIRC_CNT_TO_END(head, tail, size)					\
	({									\
		int __head = (head), __tail = (tail), __to_end = (size) - __tail;	\
		int __cnt = CIRC_CNT(__head, __tail, size);			\
		__cnt < __to_end ? __cnt : __to_end;				\
	})
#define CIRC_SPACE_TO_END(head, tail, size)					\
	({									\
		int __head = (head), __tail = (tail), __to_end = (size) - __head;	\
		int __space = CIRC_SPACE(__head, __tail, size);			\
		__space < __to_end ? __space : __to_end;			\
	})

#endif
