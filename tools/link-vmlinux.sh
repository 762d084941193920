#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Links vmlinux with its own symbol table inside.
#
#	link-vmlinux.sh VMLINUX LINKER_SCRIPT KALLSYMS OBJECT...
#
# The kernel is linked with an empty table, the table is made from the result, and the kernel is
# linked again with it. The linker script puts the table behind everything else, so the second link
# should move nothing; that is checked, and the link fails if it did. System.map is left beside
# VMLINUX.
#
# From the environment: LD, LDFLAGS, CC, AFLAGS, NM; V=1 prints the commands and the size of the
# table.
set -eu

vmlinux=$1 script=$2 kallsyms=$3
shift 3
dir=$(dirname "$vmlinux")
tmp=$dir/.tmp_kallsyms
trap 'rm -f "$tmp.stub.S" "$tmp.stub.o" "$tmp.check.S" "$tmp.vmlinux"' EXIT
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

link()
{
	out=$1 table=$2
	shift 2
	run $LD $LDFLAGS -T "$script" -o "$out" "$@" "$table"
}

run "$kallsyms" -e -o "$tmp.stub.S"
assemble "$tmp.stub"
link "$tmp.vmlinux" "$tmp.stub.o" "$@"

[ "${V:-}" != 1 ] && verbose= || verbose=-v
run "$kallsyms" $verbose -o "$tmp.S" "$tmp.vmlinux"
assemble "$tmp"
link "$tmp.new" "$tmp.o" "$@"

run "$kallsyms" -c "$tmp.vmlinux" "$tmp.new"
run "$kallsyms" -o "$tmp.check.S" "$tmp.new"
if ! cmp -s "$tmp.S" "$tmp.check.S"; then
	echo "kallsyms: the table made from $vmlinux is not the one linked into it" >&2
	exit 1
fi
run $NM -n "$tmp.new" > "$dir/System.map"
mv "$tmp.new" "$vmlinux"
