#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Assembly source with very many symbols, for the image that "make bench" measures kallsyms in.

    bench_symbols.py COUNT > symbols.S

The names are put together from words, as those of a large kernel are: subsystem, object, verb, and sometimes a suffix;
22 characters on average. Three quarters are functions, half of these static; sizes vary as sizes do. The same
COUNT gives the same bytes.
"""

import random
import sys

SUBSYSTEMS = """acpi audit bio blk block bpf btrfs bus cgroup clk clocksource cpufreq cpuidle crypto dentry devres
    dma drm efi ehci ext4 fat fb fib filemap fsnotify ftrace futex genl gpio hrtimer hugetlb i2c inet inode input
    io_uring iomap ip6 ipv4 irq jbd2 kernfs kobject ksm kthread led loop mapping md memcg mmc mount mtd napi neigh
    netdev netlink nf nfs nvme oom page pci perf phy pid pinctrl pipe pm posix proc ptrace pwm qdisc quota radix
    raid rcu regmap regulator rtc rtnl sata sched scsi seccomp seq serial shmem signal skb slab sock sound spi
    swap sync sysctl sysfs task tcp thermal tick timer tracing tty udp usb vfs virtio vlan vma watchdog workqueue
    xattr xfrm xfs zone""".split()
OBJECTS = """action address attr backing_dev batch bitmap block bucket buffer bus cache chain channel child clock cmd
    command completion config context cookie counter cpu cred cursor data depth descriptor device dir domain driver
    entry epoch error event extent fault fd feature fence fifo file filter flags folio frame freq function group
    handle handler hash header hook host id index info init_state inode interface interval iter journal key label
    layer lease length level limit link list lock map mask master memory mode msg name node notifier object offset
    ops options order owner packet page params parent path peer pending policy pool port position prio private
    probe profile property queue range rate record ref region reply request reserve resource response ring root
    route rule sample segment seq session shadow size slot snapshot socket source span stack state stats status
    stream string symbol table tag target template thread threshold timeout timer token trace transfer transition
    tree type uevent unit usage user value vector version view volume wait watch weight window work worker
    zone""".split()
VERBS = """abort acquire activate add adjust alloc allow apply assign attach attr_show attr_store begin bind bump
    calc cancel change charge check claim cleanup clear clone close collect commit compare complete copy count
    create deactivate dec decode defer delete dequeue destroy detach disable discard dispatch do_one drain drop dump
    emit enable encode end enqueue ensure exit expand expire fill find finish fini flush fold free freeze get grab
    grow handle hold inc init insert install invalidate is_active is_empty issue iterate kick link load lookup map
    mark match merge migrate modify move need next notify open park parse pick poll pop prepare print probe
    process promote pull purge push put queue raise read rearm rebuild receive recover reduce refill register
    release reload remove rename replace report request reset resize resolve restore resume retry reuse rotate
    run save scan schedule seal search select send set setup show shrink signal skip sleep splice split start
    stop store submit suspend switch sync take test throttle touch trace transfer trim try truncate trylock unbind
    undo unlink unload unlock unmap unpark unregister update validate verify wait wake walk write""".split()
SUFFIXES = ["_locked", "_unlocked", "_rcu", "_nowait", "_slow", "_fast", "_one", "_all", "_fn", "_cb", "_irqsave", "_user",
            "_by_id", "_sync", "_async", "_range", "_atomic", "_noprof"]
ENDINGS = [f".isra.{n}" for n in range(3)] + [f".part.{n}" for n in range(3)] + [".cold", ".constprop.0"]
DATA = ["_ops", "_lock", "_table", "_list", "_class", "_type", "_desc", "_attrs", "_fops", "_wq", "_nb", "_cachep"]
PREFIXES = ["", "", "", "", "", "", "__", "__", "do_", "sys_"]


def draw_name(rnd, function):
    """A name that is likely not to have come before."""
    words = [rnd.choice(SUBSYSTEMS), rnd.choice(OBJECTS)]
    if not function:
        return "_".join(words) + rnd.choice(DATA)
    words.append(rnd.choice(VERBS))
    if rnd.random() < 0.6:
        words.append(rnd.choice(OBJECTS))
    suffix = rnd.choice(SUFFIXES) if rnd.random() < 0.2 else ""
    ending = rnd.choice(ENDINGS) if rnd.random() < 0.05 else ""
    return rnd.choice(PREFIXES) + "_".join(words) + suffix + ending


def main():
    """Write the source."""
    rnd = random.Random(1)
    names = set()
    print("/* SPDX-License-Identifier: GPL-2.0 */\n/* Made by tools/bench_symbols.py. */\n\t.abiversion 2")
    while len(names) < int(sys.argv[1]):
        function = rnd.random() < 0.75
        name = draw_name(rnd, function)
        if name in names:
            continue
        names.add(name)
        if function:
            print("\t.text\n\t.balign 16")
        else:
            print(f"\t.section {rnd.choice(['.data', '.bss', '.rodata'])}\n\t.balign 8")
        if rnd.random() < 0.5:
            print(f"\t.globl \"{name}\"")
        size = 4 * int(rnd.lognormvariate(3.0, 0.9) + 1) if function else rnd.choice([1, 4, 8, 8, 16, 24, 64, 256])
        print(f"\t.type \"{name}\", @{'function' if function else 'object'}\n\"{name}\":\n\t.space {size}\n"
              f"\t.size \"{name}\", {size}")
    print('\t.section .note.GNU-stack, ""')


if __name__ == "__main__":
    main()
