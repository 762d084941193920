# SPDX-License-Identifier: GPL-2.0
# stopgap: "make help" lists the targets.
#
# Variables, as in Linux: O=dir (output folder), V=1 (show commands), CROSS_COMPILE=prefix, WERROR=1.

O		?= build
# Relative inside the tree, else absolute: one folder has one name, as dependency files need it.
override O	:= $(patsubst $(CURDIR)/%,%,$(abspath $(O)))
CROSS_COMPILE	?= powerpc64-linux-gnu-
CC		:= $(CROSS_COMPILE)gcc
LD		:= $(CROSS_COMPILE)ld
NM		:= $(CROSS_COMPILE)nm
AR		:= $(CROSS_COMPILE)ar
OBJCOPY		:= $(CROSS_COMPILE)objcopy
HOSTCC		?= gcc
PYTHON		:= /usr/bin/python3
MAKEFLAGS	+= --no-print-directory

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s%s\n' $(1) $(patsubst $(O)/%,%,$(2))
endif

.DELETE_ON_ERROR:
.SECONDARY:

all: $(if $(M),modules,$(O)/vmlinux ramdisk $(if $(EXPLORE),,explore)) ## the kernel, its modules, the explore image (the default)

# ---------------------------------------------------------------------------------------------- flags

ABI_FLAGS	:= -m64 -mbig-endian -mabi=elfv2 -mcpu=power9 -msoft-float -mno-altivec -mno-vsx
WARN_FLAGS	:= -Wall -Wextra -Wno-unused-parameter -Wmissing-prototypes -Wstrict-prototypes -Wvla
WARN_FLAGS	+= $(if $(filter 1,$(WERROR)),-Werror)
GCC_INCLUDE	:= $(shell $(CC) -print-file-name=include 2>/dev/null)
CPPFLAGS	:= -nostdinc -isystem $(GCC_INCLUDE) -Iinclude -Iarch/powerpc/include -I$(O)/include -D__KERNEL__
HOOKS		:= dedicated
CFLAGS		:= -std=gnu11 -O2 -g -ffreestanding -fno-strict-aliasing -fno-common -fno-pic -fno-pie \
		   -fno-stack-protector -fno-asynchronous-unwind-tables -fno-delete-null-pointer-checks \
		   $(ABI_FLAGS) $(WARN_FLAGS)
# What nobody waits for is made small: the tests, what a person types, and what is printed to a person. Not where the
# names of functions are part of the lesson.
SMALL		:= $(O)/%_test.o $(O)/%_cmd.o $(O)/kernel/shell/%.o $(O)/kernel/fs/%.o $(O)/kernel/trace/%.o
SMALL		+= $(O)/kernel/livepatch/%.o $(O)/kernel/net/%.o $(addprefix $(O)/kernel/core/,kunit.o params.o param_types.o)
SMALL		+= $(addprefix $(O)/kernel/core/,errname.o ramdisk.o cpio.o hexdump.o vsscanf.o uaccess.o utsname.o tty.o)
SMALL		+= $(O)/kernel/irq/%.o $(O)/kernel/mm/reclaim.o $(addprefix $(O)/kernel/module/,cmds.o mutate.o modfuzz.o taint.o \
		   procfs.o sysfs.o complete_args.o elf_modinfo.o export_rules.o service.o usecount.o backdoor.o)
SMALL		+= $(addprefix $(O)/kernel/race/,harness.o matrix.o axes.o adversary.o columns.o by_name.o \
		   klp.o klp_axes.o klp_consistency.o)
$(SMALL): CFLAGS += $(if $(filter dedicated,$(HOOKS)),-Os)
$(O)/kernel/core/fault_cmd.o: CFLAGS += -O2
# What is not traced (docs/architecture.md, "Function entry sites"): the rest gets a site at each function's start.
NOTRACE		:= arch/% kernel/hv/% kernel/ftrace/% kernel/kprobes/% kernel/main.c \
		   $(addprefix kernel/core/,memory.c panic.c extable.c bug.c) \
		   $(addprefix kernel/smp/,stop_machine.c patience.c) \
		   kernel/sched/clock.c kernel/trace/ring.c
TRACED		:= $(addprefix kernel/hv/,%_test.c %_cmd.c) $(foreach d,ftrace kprobes,kernel/$(d)/%_test.c kernel/$(d)/%_bench.c)
SITES		:= -pg -mprofile-kernel
AFLAGS		:= -D__ASSEMBLY__ $(ABI_FLAGS) -g
LDFLAGS		:= -m elf64ppc -nostdlib -static --no-undefined --build-id=none -z max-page-size=0x1000

# ---------------------------------------------------------------------------------------------- vmlinux

SRCS_C		:= $(sort $(wildcard arch/powerpc/*.c arch/powerpc/*/*.c kernel/*.c kernel/*/*.c kernel/*/*/*.c))
SRCS_C		:= $(filter-out arch/powerpc/asm-offsets.c,$(SRCS_C))
SRCS_S		:= $(sort $(wildcard arch/powerpc/*.S arch/powerpc/*/*.S))
include tools/Makefile.explore
OBJS		:= $(SRCS_S:%.S=$(O)/%.o) $(SRCS_C:%.c=$(O)/%.o)
OFFSETS		:= $(O)/include/generated/asm-offsets.h

$(filter-out $(patsubst %.c,$(O)/%.o,$(filter-out $(TRACED),$(filter $(NOTRACE),$(SRCS_C)))),$(OBJS)): CFLAGS += $(SITES)

LINK_INPUTS	:= $(OBJS) $(O)/linker.lds tools/link-vmlinux.sh $(O)/tools/kallsyms $(O)/tools/ftrace_sites $(LINES_TOOL)
# $(call link_vmlinux,OBJECTS) makes $@.
link_vmlinux	= $(Q)O='$(O)' LD='$(LD)' CC='$(CC)' NM='$(NM)' OBJCOPY='$(OBJCOPY)' LDFLAGS='$(LDFLAGS)' AFLAGS='$(AFLAGS)' V='$(V)' \
		  LINES_TOOL='$(LINES_TOOL)' sh tools/link-vmlinux.sh $@ $(O)/linker.lds $(O)/tools $(1)

$(O)/vmlinux: $(LINK_INPUTS)
	$(call say,LINK,$@)
	$(call link_vmlinux,$(OBJS))

# The same kernel with 36,000 symbols: "make bench" looks symbols up in it.
$(O)/bench/vmlinux: $(LINK_INPUTS) $(O)/bench/symbols.o ramdisk
	$(call say,LINK,$@)
	$(call link_vmlinux,$(OBJS) $(O)/bench/symbols.o)
	$(Q)cp $(O)/ramdisk.cpio $(@D)

$(O)/bench/symbols.o: tools/bench_symbols.py
	@mkdir -p $(@D)
	$(call say,AS,$@)
	$(Q)$(PYTHON) $< 33500 > $(@D)/symbols.S
	$(Q)$(CC) $(AFLAGS) -c -o $@ $(@D)/symbols.S

$(O)/linker.lds: linker.ld
	@mkdir -p $(@D)
	$(Q)$(CC) -E -P -x c $(CPPFLAGS) -D__ASSEMBLY__ -MMD -MP -MT $@ -MF $@.d -o $@ $<

$(OFFSETS): arch/powerpc/asm-offsets.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Iinclude/hooks/$(HOOKS) $(CFLAGS) -MMD -MP -MT $@ -MF $@.d -S -o $@.s $<
	$(Q)sed -n 's/^.*-> *\([A-Z0-9_]*\) \([0-9-]*\) .*/#define \1 \2/p' $@.s > $@

$(O)/%.o: %.c Makefile tools/Makefile.explore
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) -Iinclude/hooks/$(HOOKS) $(CFLAGS) -MMD -MP -c -o $@ $< $(AFTER_CC)

$(O)/%.o: %.S $(OFFSETS) Makefile
	@mkdir -p $(@D)
	$(call say,AS,$@)
	$(Q)$(CC) $(CPPFLAGS) $(AFLAGS) -MMD -MP -c -o $@ $<

$(O)/tools/kallsyms: $(wildcard tools/kallsyms/*.[ch]) $(wildcard kernel/module/kallsyms_table.[ch])
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -O2 -g -Wall -Wextra -Iinclude -I. -o $@ $(filter %.c,$^) -lelf

$(O)/tools/klp-convert: tools/klp-convert.c
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -O2 -g -Wall -Wextra -o $@ $< -lelf

$(O)/tools/ftrace_sites: tools/ftrace_sites/main.c kernel/ftrace/sites.h
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -O2 -g -Wall -Wextra -o $@ $< -lelf

$(O)/tools/lines: $(wildcard tools/lines/*.[ch])
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -O2 -g -Wall -Wextra -o $@ $(filter %.c,$^) -ldw -lelf

-include $(OBJS:.o=.d) $(O)/linker.lds.d $(OFFSETS).d

# ---------------------------------------------------------------------------------------------- modules

vmlinux: $(O)/vmlinux
	@:

include tools/Makefile.module

# Each address of the kernel that a module may be linked to at build time; see Kbuild.
$(O)/vmlinux.syms: $(O)/vmlinux
	$(Q)awk '$$2 ~ /[ABDRTVW]/ && $$3 !~ /[^A-Za-z0-9_]/ { print "PROVIDE(" $$3 " = 0x" $$1 ");" }' \
		$(O)/System.map > $@

ramdisk: modules ## pack all modules for the kernel to find
	$(Q)find $(O)/modules -name '*.ko' | sort | xargs tools/ramdisk $(O)/ramdisk.cpio

# ---------------------------------------------------------------------------------------------- targets for people

setup: ## install missing Debian packages, or say how
	$(Q)tools/setup.sh

# A make of its own, because setup may just have brought the compiler this one did not find.
check: ## run all tests: on the host, then in QEMU
	$(Q)tools/setup.sh base check
	$(Q)$(MAKE) vmlinux ramdisk explore
	$(Q)NO_BUILD=1 O='$(abspath $(O))' $(PYTHON) tools/check.py '$(O)'

abi: ## write down the interface that modules see, in abi/, for review
	$(Q)tools/setup.sh base check
	$(Q)$(MAKE) vmlinux ramdisk
	$(Q)$(PYTHON) -B tools/abi.py write '$(O)'

abi-check: ## compare the interface that modules see with what was reviewed
	$(Q)tools/setup.sh base check
	$(Q)$(MAKE) vmlinux ramdisk
	$(Q)$(PYTHON) -B tools/abi.py check '$(O)'

fuzz: ## fuzz the module loader: 5 minutes on the host, then 5000 damaged copies of each module in QEMU
	$(Q)tools/setup.sh base check
	$(Q)$(MAKE) vmlinux ramdisk
	$(Q)$(MAKE) -C tests/fuzz run O='$(abspath $(O))/fuzz' SEEDS='$(abspath $(O))/modules'
	$(Q)NO_BUILD=1 O='$(abspath $(O))' MODFUZZ_COPIES=5000 \
		$(PYTHON) -B -m pytest -p no:cacheprovider -q tests/boot/test_modfuzz.py

# With LOCKED=service, the service takes the big kernel lock though it did not in 2000.
audit: ## with M=dir: look for unload races in the source of modules
	$(Q)tools/setup.sh base check
	$(Q)$(PYTHON) tools/audit/audit.py $(LOCKED:%=--locked %) $(or $(M),$(error audit needs M=dir))

herd: ## have herd7 judge the litmus tests, and keep its verdicts in tests/litmus (says how to get herd7)
	$(Q)tools/setup.sh
	$(Q)$(PYTHON) -B tools/herd.py '$(O)'

lesson: ## put the matrix and the replay strings of this tree's explore image into docs/lessons/kallsyms-answers.md
	$(Q)tools/setup.sh
	$(Q)$(PYTHON) tools/lesson.py

mutants: ## break the kernel on purpose, and see that tests notice (a few minutes; not part of check)
	$(Q)tools/setup.sh
	$(Q)mkdir -p '$(O)'
	$(Q)$(PYTHON) tools/mutants.py '$(O)' $(MUTANTS)

bench: ## measure: boot, then the kernel's own benchmarks
	$(Q)tools/setup.sh
	$(Q)$(MAKE) vmlinux ramdisk explore $(O)/bench/vmlinux
	$(Q)NO_BUILD=1 O='$(abspath $(O))' $(PYTHON) tools/bench.py

gdb: $(O)/vmlinux ## debug the kernel that waits in ./qemu-run.sh --gdb
	$(Q)tools/setup.sh gdb
	$(Q)gdb-multiarch -q -ex 'target remote $(O)/gdb.sock' -x tools/gdb/init.gdb $(O)/vmlinux

compile_commands.json: Makefile FORCE ## tell editors how each file is compiled
	$(Q)$(PYTHON) tools/compile_commands.py '$(CC) $(CPPFLAGS) -Iinclude/hooks/$(HOOKS) $(CFLAGS)' $(SRCS_C) > $@

clean: $(if $(M),modules_clean,clean_all) ## remove the output folder, or with M=dir what was built in dir

clean_all:
	@test ! -e '$(O)/linker.ld' || { echo 'clean: $(O) is a source folder' >&2; exit 2; }
	$(Q)rm -rf '$(O)'

help: ## this list
	@sed -n 's/^\([a-z_.-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 24 | sort
	@printf '\nVariables: O=dir CROSS_COMPILE=prefix V=1 (show commands) WERROR=1 M=dir (a folder of modules)\n'
	@printf 'To run the kernel: ./qemu-run.sh --help\n'

FORCE:
.PHONY: all vmlinux modules ramdisk setup check audit abi abi-check fuzz herd lesson mutants bench gdb clean clean_all help FORCE
