// SPDX-License-Identifier: GPL-2.0
/*
 * Open Firmware client (IEEE 1275): reads the device tree of SLOF or VOF into boot_info. Both speak the same
 * interface: a call is an array of 32-bit cells, name first, at a physical address below 4 GiB.
 */
#include <asm/page.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>

#include "prom.h"

#define PROM_ERROR	0xffffffffu
#define PROM_MAX_ARGS	10

struct prom_args {
	u32 service;
	u32 nargs;
	u32 nret;
	u32 args[PROM_MAX_ARGS];
};

int prom_enter(struct prom_args *args, unsigned long entry);

struct boot_info boot_info;
static unsigned long prom_entry;

static u32 cell(const void *p)
{
	return (u32)__pa(p);
}

static u32 call_prom(const char *service, unsigned int nargs, const u32 *in)
{
	struct prom_args args = { .service = cell(service), .nargs = nargs, .nret = 1 };
	unsigned int i;

	for (i = 0; i < nargs; i++)
		args.args[i] = in[i];
	args.args[nargs] = PROM_ERROR;
	if (prom_enter(&args, prom_entry) != 0)
		return PROM_ERROR;
	return args.args[nargs];
}

static u32 prom_finddevice(const char *path)
{
	return call_prom("finddevice", 1, (u32[]){ cell(path) });
}

static u32 prom_child(u32 node)
{
	return call_prom("child", 1, (u32[]){ node });
}

static u32 prom_peer(u32 node)
{
	return call_prom("peer", 1, (u32[]){ node });
}

/* Return: the property's length, or -1 if the node has none of that name. */
static int prom_getprop(u32 node, const char *name, void *buf, size_t len)
{
	return (int)call_prom("getprop", 4, (u32[]){ node, cell(name), cell(buf), (u32)len });
}

static u32 prom_getcell(u32 node, const char *name, u32 fallback)
{
	u32 v;

	return prom_getprop(node, name, &v, sizeof(v)) == sizeof(v) ? v : fallback;
}

static bool prom_is_type(u32 node, const char *type)
{
	char buf[16] = "";

	return prom_getprop(node, "device_type", buf, sizeof(buf) - 1) > 0 && !strcmp(buf, type);
}

/* "reg" of a memory node is {base, size}, 64 bits each. Nodes of a small guest follow each other from 0. */
static void read_memory(u32 node)
{
	u64 reg[2];

	if (prom_getprop(node, "reg", reg, sizeof(reg)) == sizeof(reg))
		boot_info.mem_size = max(boot_info.mem_size, (phys_addr_t)(reg[0] + reg[1]));
}

static void add_cpu(u32 hw_id)
{
	unsigned int i;

	if (boot_info.nr_cpus == BOOT_MAX_CPUS)
		return;
	for (i = boot_info.nr_cpus++; i > 0 && boot_info.cpu_hw_id[i - 1] > hw_id; i--)
		boot_info.cpu_hw_id[i] = boot_info.cpu_hw_id[i - 1];
	boot_info.cpu_hw_id[i] = hw_id;
}

static void read_cpus(u32 cpus)
{
	u32 node;

	for (node = prom_child(cpus); node && node != PROM_ERROR; node = prom_peer(node)) {
		if (!prom_is_type(node, "cpu"))
			continue;
		add_cpu(prom_getcell(node, "ibm,ppc-interrupt-server#s", prom_getcell(node, "reg", 0)));
		boot_info.tb_freq = prom_getcell(node, "timebase-frequency", 512000000);
	}
}

static void read_chosen(u32 chosen)
{
	char *cmdline = boot_info.cmdline;

	if (prom_getprop(chosen, "bootargs", cmdline, sizeof(boot_info.cmdline) - 1) < 0)
		cmdline[0] = '\0';
}

/* SLOF says its name in /openprom; VOF has no such node. */
static void read_firmware(void)
{
	char model[16] = "";
	u32 node = prom_finddevice("/openprom");

	if (node != PROM_ERROR && node)
		prom_getprop(node, "model", model, sizeof(model) - 1);
	strscpy(boot_info.firmware, strncmp(model, "SLOF", 4) ? "VOF" : "SLOF", sizeof(boot_info.firmware));
}

void prom_init(unsigned long initrd_start, unsigned long initrd_len, unsigned long entry)
{
	u32 node;

	prom_entry = entry;
	boot_info.initrd_start = initrd_start;
	boot_info.initrd_end = initrd_start + initrd_len;
	read_firmware();
	read_chosen(prom_finddevice("/chosen"));
	read_cpus(prom_finddevice("/cpus"));
	for (node = prom_child(prom_finddevice("/")); node && node != PROM_ERROR; node = prom_peer(node))
		if (prom_is_type(node, "memory"))
			read_memory(node);
}
