#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Links vmlinux with its own symbol table inside, and the table of its function entry sites.
#
#	link-vmlinux.sh VMLINUX LINKER_SCRIPT TOOLS OBJECT...
#
# The kernel is linked with empty tables, the tables are made from the result, and the kernel is
# linked again with them. The linker script puts them behind everything else, so the second link
# should move nothing; that is checked, and the link fails if it did. System.map is left beside
# VMLINUX.
#
# The explore image also gets the table of its source lines: LINES_TOOL names the tool that makes it; and the number by
# which a replay string knows it. That covers code, constants and initial data, as they are with empty tables.
#
# From the environment: LD, LDFLAGS, CC, AFLAGS, NM, OBJCOPY; V=1 prints the commands and the size of the
# table.
set -eu

vmlinux=$1 script=$2 kallsyms=$3/kallsyms sites=$3/ftrace_sites
shift 3
dir=$(dirname "$vmlinux")
tmp=$dir/.tmp_kallsyms
tmp_sites=$dir/.tmp_sites
tmp_lines=$dir/.tmp_lines
trap 'rm -f "$tmp.stub.S" "$tmp.stub.o" "$tmp.check.S" "$tmp.vmlinux" "$tmp.image"' EXIT
# A failed link leaves nothing that looks like a kernel.
rm -f "$vmlinux"

run()
{
	[ "${V:-}" != 1 ] || echo "$*" >&2
	"$@"
}

assemble()
{
	run $CC $AFLAGS -c -o "$1.o" "$1.S"
}

# The eight digits of the number of a linked kernel: the same wherever and whenever it was built.
image_hash()
{
	run $OBJCOPY -O binary -j .text -j .rodata -j .data "$1" "$tmp.image"
	md5sum < "$tmp.image" | cut -c1-8
}

# What is in $tmp_lines, and the number of the image.
assemble_lines()
{
	cat > "$tmp_lines.S" <<-END
		.abiversion 2
		.section .lines, "a"
		.balign 8
		.globl kernel_lines, kernel_lines_end
		kernel_lines:
		.incbin "$tmp_lines"
		kernel_lines_end:
		.balign 4
		.globl kernel_image_hash
		kernel_image_hash: .long 0x$1
	END
	assemble "$tmp_lines"
}

link()
{
	out=$1
	shift
	run $LD $LDFLAGS -T "$script" -o "$out" "$@"
}

run "$kallsyms" -e -o "$tmp.stub.S"
run "$sites" "$tmp_sites.S"
assemble "$tmp.stub"
assemble "$tmp_sites"
if [ -n "${LINES_TOOL:-}" ]; then
	: > "$tmp_lines"
	assemble_lines 0	# no lines at first: they are those of the kernel that is linked then
	set -- "$@" "$tmp_lines.o"
fi
link "$tmp.vmlinux" --emit-relocs "$@" "$tmp.stub.o" "$tmp_sites.o"

[ "${V:-}" != 1 ] && verbose= || verbose=-v
run "$kallsyms" $verbose -o "$tmp.S" "$tmp.vmlinux"
run "$sites" "$tmp_sites.S" "$tmp.vmlinux"
assemble "$tmp"
assemble "$tmp_sites"
if [ -n "${LINES_TOOL:-}" ]; then
	run "$LINES_TOOL" "$tmp_lines" "$tmp.vmlinux"
	hash=$(image_hash "$tmp.vmlinux")
	assemble_lines "$hash"
fi
link "$tmp.new" "$@" "$tmp.o" "$tmp_sites.o"

run "$kallsyms" -c "$tmp.vmlinux" "$tmp.new"
run "$kallsyms" -o "$tmp.check.S" "$tmp.new"
if ! cmp -s "$tmp.S" "$tmp.check.S"; then
	echo "kallsyms: the table made from $vmlinux is not the one linked into it" >&2
	exit 1
fi
run $NM -n "$tmp.new" > "$dir/System.map"
mv "$tmp.new" "$vmlinux"
