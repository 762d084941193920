#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""How many executions until the first hit: stress.py [--seeds N] [--rounds N] [--plot FILE.svg].

The same bug (kallsyms unlink=spinlock) is looked for in four ways, from as many seeds each: CPUs that run freely, the
same with time stolen, and the explorer with two policies. A seed that finds nothing counts as "more than --rounds".
Prints a table for docs/lessons/kallsyms-figures.md, and the numbers it was made of; draws a plot. O= is the build
folder, as for qemu-run.sh.
"""

import argparse
import math
import re
import statistics
import subprocess
import sys
from pathlib import Path

QEMU_RUN = str(Path(__file__).resolve().parents[1] / "qemu-run.sh")
BUG = "kallsyms unlink=spinlock"
WAYS = [
    # name, arguments of qemu-run.sh, the command, its parameters
    ("free-running CPUs", [], "run", "adversary=none"),
    ("with time stolen", [], "run", "adversary=steal"),
    ("explorer, random", ["--explore"], "explore", "dispatch=random"),
    ("explorer, pct depth=2", ["--explore"], "explore", "dispatch=pct depth=2"),
]
SEEDS_A_BOOT = 5
SECONDS = 590   # for one boot
SCORE = re.compile(r"^race: kallsyms .*: (?:\d+ hits in \d+, first at (\d+)|none in \d+), .*"
                   r"seed=(\d+)(?:, replay .*)?$", re.M)


def first_hits(way, seeds, rounds):
    """Look for the bug in one way. Return: for each seed the execution that hit first, None if none did."""
    _, args, verb, params = way
    firsts = []
    for start in range(0, len(seeds), SEEDS_A_BOOT):
        some = seeds[start:start + SEEDS_A_BOOT]
        commands = "; ".join(f"race {verb} {BUG} {params} n={rounds} seed={seed}" for seed in some)
        result = subprocess.run([QEMU_RUN, *args, "-n", "2", "--timeout", str(SECONDS), "-c", commands],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        scores = SCORE.findall(result.stdout.decode(errors="replace").replace("\r", ""))
        if [int(seed) for _, seed in scores] != some:
            sys.exit(f"stress: {commands}: status {result.returncode}, {len(scores)} scores of {len(some)}")
        firsts += [int(first) if first else None for first, _ in scores]
    return firsts


def show(value, rounds):
    """A number of executions, for people."""
    return f"> {rounds}" if value > rounds else f"{value:g}"


def table_row(name, firsts, rounds):
    """One line of the table."""
    values = sorted(rounds + 1 if first is None else first for first in firsts)
    median = statistics.median(values)
    found = sum(value <= rounds for value in values)
    return (f"| {name} | {found} of {len(values)} | {show(values[0], rounds)} | {show(median, rounds)} "
            f"| {show(values[-1], rounds)} |")


def plot(results, rounds, path):
    """A dot for each seed, over executions on a logarithmic axis; hollow ones found nothing."""
    left, width, height = 190, 520, 52
    decades = math.ceil(math.log10(max(rounds, 10)))
    bottom = 30 + height * len(results)

    def place(value):
        return left + width * math.log10(value) / decades

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 30}" height="{bottom + 45}" '
           'font-family="sans-serif" font-size="13">', '<rect width="100%" height="100%" fill="white"/>']
    for decade in range(decades + 1):
        x = place(10 ** decade)
        out.append(f'<line x1="{x:.0f}" y1="15" x2="{x:.0f}" y2="{bottom}" stroke="#ccc"/>')
        out.append(f'<text x="{x:.0f}" y="{bottom + 16}" text-anchor="middle">{10 ** decade}</text>')
    for row, (name, firsts) in enumerate(results):
        y = 30 + height * row
        out.append(f'<text x="{left - 15}" y="{y + 17}" text-anchor="end">{name}</text>')
        for i, first in enumerate(firsts):
            fill = "none" if first is None else "#1f77b4"
            out.append(f'<circle cx="{place(first or rounds):.1f}" cy="{y + i * 24 / len(firsts):.1f}" r="4" '
                       f'fill="{fill}" fill-opacity="0.6" stroke="#1f77b4"/>')
    out.append(f'<text x="{left + width / 2:.0f}" y="{bottom + 36}" text-anchor="middle">executions to the first hit, '
               f'one dot a seed; hollow: none in {rounds}</text>')
    out.append("</svg>")
    Path(path).write_text("\n".join(out) + "\n", encoding="ascii")


def main():
    parser = argparse.ArgumentParser(description="Executions to the first hit of one bug, looked for in four ways.")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=500, help="to give up after")
    parser.add_argument("--plot", metavar="FILE.svg")
    options = parser.parse_args()
    results = []
    print("| How | Seeds that found it | Least | Median | Most |\n|---|---|---|---|---|", flush=True)
    for way in WAYS:
        firsts = first_hits(way, list(range(1, options.seeds + 1)), options.rounds)
        results.append((way[0], firsts))
        print(table_row(way[0], firsts, options.rounds), flush=True)
    for name, firsts in results:
        print(f"{name}:", *(first or "-" for first in firsts))
    if options.plot:
        plot(results, options.rounds, options.plot)


if __name__ == "__main__":
    main()
