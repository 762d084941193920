// SPDX-License-Identifier: GPL-2.0
/*
 * kprobes on this CPU: from the trap at a breakpoint, past the instruction that belongs there, back to the code.
 *
 * The instruction is either emulated, or stepped: the trap returns to a copy of it in a slot with MSR[SE] set, and the
 * trace interrupt after it (0xd00) goes on behind the probe. From the first to the second nothing else happens on this
 * CPU: MSR[EE] is off, and trap_exit() delivers no virtual interrupt. The soft mask is left alone: the instruction may be
 * the very one that reads or writes it.
 *
 * The shim steps too, with MSR[EE] as the code had it. If both want the same instruction stepped, one step serves both.
 */
#include <asm/kprobes.h>
#include <asm/paca.h>
#include <asm/patch.h>
#include <asm/reg.h>
#include <asm/trap.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/uaccess.h>

#include "../../kernel/kprobes/internal.h"
#include "kprobes_insn.h"

/* How far back a reservation may have been made; the kernel's longest sequence is shorter. */
#define MAX_ATOMIC_WORDS	16

/* addis r2,r12,... and lis r2,...; addi r2,r2,... (ELFv2 ABI, 2.3.2.1) */
#define PPC_INST_ADDIS_R2_R12	0x3c4c0000
#define PPC_INST_LIS_R2		0x3c400000
#define PPC_INST_ADDI_R2_R2	0x38420000

/**
 * struct step - what is in a slot on a CPU
 * @site: whose instruction; NULL if none
 * @ee: MSR[EE] of the code
 * @missed: the handlers are not to be called
 */
struct step {
	struct kprobe_site *site;
	unsigned long ee;
	bool missed;
};

static DEFINE_PER_CPU(struct step, steps);

/* ---- preparing ---- */

static bool read_word(unsigned long addr, u32 *word)
{
	return copy_from_kernel_nofault(word, (const void *)addr, sizeof(*word)) == 0;
}

unsigned long arch_function_entry(unsigned long addr)
{
	u32 first, second;

	if (!read_word(addr, &first) || !read_word(addr + 4, &second) || second >> 16 != PPC_INST_ADDI_R2_R2 >> 16)
		return addr;
	if (first >> 16 != PPC_INST_ADDIS_R2_R12 >> 16 && first >> 16 != PPC_INST_LIS_R2 >> 16)
		return addr;
	return addr + 8;
}

/*
 * Between the load that reserves and the store that asks whether the reservation holds a trap would lose it, each time
 * anew. @start is where the function begins.
 */
static bool in_atomic_sequence(unsigned long addr, unsigned long start)
{
	unsigned int i;
	u32 word;

	for (i = 0; i < MAX_ATOMIC_WORDS && addr > start; i++) {
		addr -= 4;
		if (!read_word(addr, &word) || insn_is_stcx(word))
			return false;
		if (insn_is_larx(word))
			return true;
	}
	return false;
}

/* Return: what is wrong with it, or NULL. */
static const char *check_insn(struct arch_kprobe_insn *insn, unsigned long addr)
{
	unsigned long size, offset;
	enum insn_kind kind;
	u32 before;

	if (!read_word(addr, &insn->word[0]))
		return "it cannot be read";
	insn->words = insn_is_prefix(insn->word[0]) ? 2 : 1;
	if (insn->words > 1 && !read_word(addr + 4, &insn->word[1]))
		return "it cannot be read";
	kind = insn_classify(insn->word[0], insn->word[1]);
	if (kind == INSN_REFUSE)
		return "the instruction cannot be stepped";
	if (!kallsyms_lookup_size_offset(addr, &size, &offset))
		offset = 0;
	if (offset && read_word(addr - 4, &before) && insn_is_prefix(before))
		return "it is the second half of an instruction";
	if (in_atomic_sequence(addr, addr - offset))
		return "it is between a reservation and its store";
	insn->emulate = kind == INSN_EMULATE;
	return NULL;
}

int arch_prepare_kprobe(struct arch_kprobe_insn *insn, unsigned long addr)
{
	const char *wrong = check_insn(insn, addr);

	if (!wrong)
		return 0;
	pr_warn("kprobes: %pS cannot be probed: %s\n", (void *)addr, wrong);
	return -EINVAL;
}

/* ---- a hit ---- */

static void begin_step(struct kprobe_site *site, struct pt_regs *regs, bool missed)
{
	*this_cpu_ptr(&steps) = (struct step){ .site = site, .ee = regs->msr & MSR_EE, .missed = missed };
	regs->nip = (unsigned long)site->insn.slot;
	regs->msr = (regs->msr & ~MSR_EE) | MSR_SE;
}

static void pass_insn(struct kprobe_site *site, struct pt_regs *regs, bool missed)
{
	if (!site->insn.emulate) {
		begin_step(site, regs, missed);
		return;
	}
	insn_emulate(regs, site->insn.word[0]);
	if (!missed)
		kprobe_post_handlers(site, regs);
}

bool kprobe_trap(struct pt_regs *regs)
{
	struct kprobe_site *site;

	if (!(regs->msr & SRR1_PROG_TRAP))
		return false;
	if (regs->nip == (unsigned long)kretprobe_return_trap)
		return kretprobe_trap(regs);
	site = kprobe_site_find(regs->nip);
	if (!site)
		return false;
	regs->msr &= ~SRR1_PROG_TRAP;
	if (kprobe_running() || local_paca->oops_depth) {
		kprobe_count_missed(site);
		pass_insn(site, regs, true);
		return true;
	}
	trap_hard_enable(regs);
	if (!kprobe_pre_handlers(site, regs))
		pass_insn(site, regs, false);
	return true;
}

/* ---- a step ---- */

/* The site whose instruction is @words words before where @regs stands in a slot, or NULL. */
static struct kprobe_site *end_step(struct pt_regs *regs, unsigned int words)
{
	struct step *step = this_cpu_ptr(&steps);
	struct kprobe_site *site = step->site;

	if (!site || regs->nip != (unsigned long)(site->insn.slot + words))
		return NULL;
	step->site = NULL;
	regs->nip = site->addr + words * sizeof(u32);
	regs->msr |= step->ee;
	return site;
}

void kprobe_stepped(struct pt_regs *regs)
{
	struct step *step = this_cpu_ptr(&steps);
	struct kprobe_site *site = step->site ? end_step(regs, step->site->insn.words) : NULL;

	if (!site || step->missed)
		return;
	trap_hard_enable(regs);
	kprobe_post_handlers(site, regs);
}

bool kprobe_step_faulted(struct pt_regs *regs)
{
	return end_step(regs, 0) != NULL;
}
