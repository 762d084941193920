/* SPDX-License-Identifier: GPL-2.0 */
/* What cat, ls and echo do with paths in /proc, /sys and /dev. Return: 0 or a negative errno, having said why. */
#ifndef _SHELL_PROC_FILES_H
#define _SHELL_PROC_FILES_H

#include <stopgap/proc.h>

int shell_cat_tree(const char *path);
int shell_ls_tree(const char *path);
/* Write the words, blanks between them and, without a leading -n, a newline behind. */
int shell_echo_tree(const char *path, int argc, char **argv);
/* Print @n bytes of text; what a terminal might take for a command becomes '.'. */
void shell_print_text(const char *text, size_t n);

#endif
