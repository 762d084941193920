#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Measure the explorer: bench_explore.py [--seeds N] [--long N].

How many schedules a second; when each buggy variant of the scenario "kallsyms" is first hit, against what PCT promises
(n k^(d-1) schedules); how short failures get, and in what time; whether replays are identical; how long it takes to
exhaust each fixed variant up to 2 preemptions. With --long also N schedules of each fixed variant, none of which may
hit. Part of "make bench", without --long. O= is the build folder, as for qemu-run.sh.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
from pathlib import Path

QEMU_RUN = str(Path(__file__).resolve().parents[1] / "qemu-run.sh")
CPUS = 2
DEPTH = 2
SECONDS = 3000      # for one boot
COMMANDS = 3500     # characters that fit on the kernel's command line
RATES = {"additions": 20000, "kallsyms unlink=spinlock": 5000, "kallsyms unlink=stop_machine": 5000,
         "kallsyms unlink=rcu": 3000, "kallsyms unlink=stop_machine op=link": 600}
REPEAT = 5
REPLAYS = 1000
BUGGY = [
    "unlink=spinlock", "unlink=spinlock symbol=behind", "unlink=spinlock reader=irq",
    "unlink=stop_machine_ipi", "unlink=stop_machine_ipi symbol=behind",
    "unlink=stop_machine name=pointer", "unlink=stop_machine preempt=full",
    "unlink=stop_machine symbol=behind preempt=full",
    "unlink=stop_machine reader=sprint name=pointer preempt=full",
    "unlink=rcu reader=sprint name=pointer preempt=full",
]
FIXED = [
    "unlink=stop_machine", "unlink=stop_machine symbol=behind", "unlink=stop_machine reader=irq",
    "unlink=rcu", "unlink=rcu preempt=full", "unlink=rcu symbol=behind preempt=full",
    "unlink=rcu reader=sprint preempt=full",
]
EXPLORED = re.compile(r"^explored (\d+) schedules, (\d+) steps,.* (\d+) ms, (\d+) per second$", re.M)
SCORE = re.compile(r"^race: \w+ .*dispatch=.*: (?:\d+ hits in \d+, first at (\d+)|none in (\d+)), "
                   r"(?:exhausted c=(\d+), )?k=(\d+), seed=\d+(?:, replay .*)?$", re.M)
SHORTENED = re.compile(r"^shortened to (\d+) preemptions, \d+ switches, in (\d+) runs, (\d+) ms: ", re.M)


def show(name, values, unit):
    """Print one line of results, as bench.py does."""
    print(f"{name:<60} {statistics.median(values):>10.3f} {unit} "
          f"(median, {min(values):g}..{max(values):g}, n={len(values)})", flush=True)


def boot(commands):
    """Run shell commands in the explore image. Return: its console."""
    result = subprocess.run([QEMU_RUN, "--explore", "-n", str(CPUS), "--timeout", str(SECONDS), "-c",
                             "; ".join(commands)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    console = result.stdout.decode(errors="replace").replace("\r", "")
    if result.returncode:
        sys.exit(f"bench_explore: {commands}: status {result.returncode}\n{console}")
    return console


def run_all(commands):
    """Run commands in as few boots as they fit in. Return: the consoles, one after the other."""
    out, some = "", []
    for command in commands:
        if some and len("; ".join([*some, command])) > COMMANDS:
            out += boot(some)
            some = []
        some.append(command)
    return out + boot(some)


def cpu_seconds():
    """What all boots so far have taken of the host's CPUs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def bench_rates():
    """Schedules per second, of next to nothing and of the real path of rmmod."""
    start = cpu_seconds()
    boot(["lsmod"])
    idle = cpu_seconds() - start
    for scenario, schedules in RATES.items():
        start = cpu_seconds()
        out = boot([f"race explore {scenario} dispatch=random n={schedules}"] * REPEAT)
        taken = cpu_seconds() - start - idle
        found = EXPLORED.findall(out)
        steps = int(found[0][1]) // int(found[0][0])
        show(f"explore: {scenario}", [float(rate) for *_, rate in found], f"/s, {steps} steps each")
        print(f"{'    in a second of the host CPU':<60} {REPEAT * schedules / taken:>10.0f} /s", flush=True)


def bench_first_hits(seeds):
    """When each buggy variant is hit first. Return: what became of the failures, as (preemptions, runs, ms)."""
    short = []
    for variant in BUGGY:
        out = run_all([f"race explore kallsyms {variant} dispatch=pct depth={DEPTH} n=20000 until=hit seed={seed}"
                       for seed in range(1, seeds + 1)])
        scores = SCORE.findall(out)
        firsts = [int(first or none) for first, none, *_ in scores]
        k = max(int(score[3]) for score in scores)
        show(f"first hit: {variant}", firsts, f"schedules; n k^(d-1) = {CPUS * k ** (DEPTH - 1)}, k={k}")
        show("    time to it, set-up and all", [int(ms) for *_, ms, _ in EXPLORED.findall(out)], "ms")
        short += [tuple(map(int, found)) for found in SHORTENED.findall(out)]
    return short


def bench_shortening(short):
    """How short failures get, and what it takes."""
    share = sum(preemptions <= 2 for preemptions, *_ in short) / len(short)
    print(f"{'shortened to 2 preemptions or fewer':<60} {100 * share:>10.1f} % (n={len(short)})")
    show("shortening: schedules run", [runs for _, runs, _ in short], "schedules")
    show("shortening: time", [ms for *_, ms in short], "ms")


def bench_replays():
    """Replays of the shortened first hit of each buggy variant."""
    out = run_all([f"race explore kallsyms {variant} dispatch=pct depth={DEPTH} n=20000 until=hit"
                   for variant in BUGGY])
    strings = re.findall(r"^replay: (race replay 'RX1:.*')$", out, re.M)
    found = re.findall(r"(\d+) of (\d+) replays identical", run_all([f"{s} n={REPLAYS}" for s in strings]))
    same, tried = (sum(map(int, numbers)) for numbers in zip(*found))
    print(f"{'replays identical':<60} {same:>10} of {tried} ({len(found)} failures, {REPLAYS} times each)")


def bench_exhausting():
    """Time to see every schedule of each fixed variant, up to two preemptions."""
    for variant in FIXED:
        out = boot([f"race explore kallsyms {variant} dispatch=bounded c=2 n=10000000 expect=none"])
        (_, schedules, bound, k), = SCORE.findall(out)
        (*_, ms, rate), = EXPLORED.findall(out)
        print(f"{'exhausted c=' + (bound or 'not') + ': ' + variant:<60} {int(ms) / 1000:>10.1f} s "
              f"({schedules} schedules, {rate}/s, n={CPUS}, k={k})", flush=True)


def bench_false_positives(schedules):
    """Many schedules of what is right."""
    for variant in FIXED:
        out = boot([f"race explore kallsyms {variant} dispatch=random n={schedules} expect=none"])
        (_, none, *_), = SCORE.findall(out)
        print(f"{'no hit: ' + variant:<60} {none:>10} schedules", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Measure the explorer.")
    parser.add_argument("--seeds", type=int, default=100, help="from which each buggy variant is looked for")
    parser.add_argument("--long", type=int, metavar="N", help="also run N schedules of each fixed variant")
    options = parser.parse_args()
    bench_rates()
    bench_shortening(bench_first_hits(options.seeds))
    bench_replays()
    bench_exhausting()
    if options.long:
        bench_false_positives(options.long)


if __name__ == "__main__":
    main()
