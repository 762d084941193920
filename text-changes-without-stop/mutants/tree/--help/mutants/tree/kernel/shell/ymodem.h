/* SPDX-License-Identifier: GPL-2.0 */
/* The receiving end of XMODEM-1K and YMODEM batches, byte by byte. */
#ifndef _SHELL_YMODEM_H
#define _SHELL_YMODEM_H

#include <linux/types.h>

#define YMODEM_BLOCK	1024
#define YMODEM_NAME	128

/* What a byte led to; the receiver acts, answers, and goes on. */
enum ymodem_event {
	YMODEM_MORE,		/* nothing yet */
	YMODEM_BEGIN,		/* a file: ->name, ->size */
	YMODEM_DATA,		/* ->len bytes of it at ->data */
	YMODEM_AGAIN,		/* ask for it again */
	YMODEM_REPEAT,		/* seen before: its answer was lost */
	YMODEM_END_FILE,	/* that was the file */
	YMODEM_END_BATCH,	/* no more files */
	YMODEM_CANCEL,		/* the sender gives up, or has lost its place */
};

/* Calling off, from either side; and how many in a row are no accident, where a packet may begin or anywhere. */
#define YMODEM_CAN		0x18
#define YMODEM_FEW_CANS		2
#define YMODEM_MANY_CANS	5

/**
 * struct ymodem - one batch being received
 * @name: of the file, from block 0
 * @size: of the file; -1 if the sender did not say
 * @data: of the block
 * @len: how much of it belongs to the file
 * @in_file: between BEGIN and END_FILE
 * @in_data: some of it has come
 * @lost: something came that does not belong here: nothing more is believed until ymodem_resync()
 */
struct ymodem {
	char name[YMODEM_NAME];
	long long size;
	const u8 *data;
	size_t len;
	bool in_file, in_data;
	bool lost;
	/* The rest is its own. */
	u8 packet[3 + YMODEM_BLOCK + 2];
	size_t have, want;
	u8 next;
	long long left;
	unsigned int cancels, ends;
};

void ymodem_init(struct ymodem *y);
/* One byte from the line. Return: what it led to. Context: any. */
enum ymodem_event ymodem_byte(struct ymodem *y, u8 byte);
/* The line fell silent: forget the packet that was coming in, or what was lost. Context: any. */
void ymodem_resync(struct ymodem *y);

#endif
