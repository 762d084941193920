# SPDX-License-Identifier: GPL-2.0
# gdb's side of "make gdb", read once it is attached. docs/debugging.md says how to use it.

set pagination off
set confirm off
set disassemble-next-line auto
# Let the other CPUs stand still while one is stepped: exact interleavings by hand.
set scheduler-locking step

define cpus
	info threads
end
document cpus
List the CPUs: one gdb thread each. "thread 2" looks at CPU 1; "thread apply all bt" at all of them.
end

source tools/gdb/stopgap.py
