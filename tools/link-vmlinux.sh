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
# From the environment: LD, LDFLAGS, CC, AFLAGS, NM; V=1 prints the commands and the size of the
# table.
set -eu

vmlinux=$1 script=$2 kallsyms=$3/kallsyms sites=$3/ftrace_sites
shift 3
dir=$(dirname "$vmlinux")
tmp=$dir/.tmp_kallsyms
tmp_sites=$dir/.tmp_sites
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
	out=$1
	shift
	run $LD $LDFLAGS -T "$script" -o "$out" "$@"
}

run "$kallsyms" -e -o "$tmp.stub.S"
run "$sites" "$tmp_sites.S"
assemble "$tmp.stub"
assemble "$tmp_sites"
link "$tmp.vmlinux" --emit-relocs "$@" "$tmp.stub.o" "$tmp_sites.o"

[ "${V:-}" != 1 ] && verbose= || verbose=-v
run "$kallsyms" $verbose -o "$tmp.S" "$tmp.vmlinux"
run "$sites" "$tmp_sites.S" "$tmp.vmlinux"
assemble "$tmp"
assemble "$tmp_sites"
link "$tmp.new" "$@" "$tmp.o" "$tmp_sites.o"

run "$kallsyms" -c "$tmp.vmlinux" "$tmp.new"
run "$kallsyms" -o "$tmp.check.S" "$tmp.new"
if ! cmp -s "$tmp.S" "$tmp.check.S"; then
	echo "kallsyms: the table made from $vmlinux is not the one linked into it" >&2
	exit 1
fi
run $NM -n "$tmp.new" > "$dir/System.map"
mv "$tmp.new" "$vmlinux"
