#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Is a file that "trace export" wrote what chrome://tracing and Perfetto expect?

usage: trace_check.py FILE

Prints what is in it, or what is wrong with it, and then exits with status 1.
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field

COMMON = {"ph": str, "pid": int, "tid": int, "name": str}
BY_PHASE = {
    "M": {"args": dict},
    "X": {"ts": (int, float), "dur": (int, float), "cat": str, "args": dict},
    "i": {"ts": (int, float), "s": str},
    "s": {"ts": (int, float), "cat": str, "id": int},
    "f": {"ts": (int, float), "cat": str, "id": int, "bp": str},
}


@dataclass
class Trace:
    """A trace that holds together."""

    tracks: dict = field(default_factory=dict)      # number: name
    slices: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    arrows: list = field(default_factory=list)      # pairs of slices

    def named(self, name):
        """The slices of that name."""
        return [event for event in self.slices if event["name"] == name]


def check_members(event):
    """Complain unless an event has the members of its phase, and they are of the right types."""
    phase = event.get("ph")
    if phase not in BY_PHASE:
        raise ValueError(f"phase {phase!r}: {event}")
    for member, kind in {**COMMON, **BY_PHASE[phase]}.items():
        if not isinstance(event.get(member), kind):
            raise ValueError(f"{member} is missing, or no {kind}: {event}")
    if event.get("ts", 0) < 0 or event.get("dur", 0) < 0:
        raise ValueError(f"negative time: {event}")


def check_order(slices):
    """Complain if a slice of one track has no length, or overlaps the next; times have three digits."""
    last = None
    for event in sorted(slices, key=lambda event: event["ts"]):
        if event["dur"] <= 0:
            raise ValueError(f"no length: {event}")
        if last and last["ts"] + last["dur"] > event["ts"] + 1e-6:
            raise ValueError(f"overlaps another slice: {event}")
        last = event


def slice_around(end, slices):
    """The slice that an end of an arrow is bound to. It must be inside one, not at its border."""
    for event in slices:
        if event["tid"] == end["tid"] and event["ts"] < end["ts"] < event["ts"] + event["dur"]:
            return event
    raise ValueError(f"an arrow to nothing: {end}")


def find_arrows(events, slices):
    """Pair the ends of arrows, and find the slices they are bound to. Time must go forwards."""
    ends = defaultdict(dict)
    for event in events:
        if event["ph"] in "sf":
            ends[event["cat"], event["name"], event["id"]][event["ph"]] = event
    for pair in ends.values():
        if set(pair) != {"s", "f"}:
            raise ValueError(f"half an arrow: {pair}")
        if pair["s"]["ts"] > pair["f"]["ts"]:
            raise ValueError(f"an arrow into the past: {pair}")
        if pair["f"]["bp"] != "e":
            raise ValueError(f"an arrow to the slice behind its end: {pair}")
    return [(slice_around(pair["s"], slices), slice_around(pair["f"], slices)) for pair in ends.values()]


def check(text):
    """Read a trace. Return: a Trace; raises ValueError, which json's errors are too."""
    events = json.loads(text)["traceEvents"]
    trace = Trace()
    by_track = defaultdict(list)
    for event in events:
        check_members(event)
        if event["ph"] == "M" and event["name"] == "thread_name":
            trace.tracks[event["tid"]] = event["args"]["name"]
        elif event["tid"] not in trace.tracks:
            raise ValueError(f"on a track without a name: {event}")
        elif event["ph"] == "X":
            trace.slices.append(event)
            by_track[event["tid"]].append(event)
        elif event["ph"] == "i":
            trace.remarks.append(event)
    for slices in by_track.values():
        check_order(slices)
    trace.arrows = find_arrows(events, trace.slices)
    return trace


def main(argv):
    """The command. Return: the exit status."""
    if len(argv) != 2:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        with open(argv[1], encoding="ascii") as file:
            trace = check(file.read())
    except (OSError, ValueError, KeyError) as error:
        print(f"{argv[1]}: {error}", file=sys.stderr)
        return 1
    print(f"{', '.join(trace.tracks.values())}: {len(trace.slices)} slices ({len(trace.named('stolen'))} stolen), "
          f"{len(trace.remarks)} remarks, {len(trace.arrows)} arrows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
