# SPDX-License-Identifier: GPL-2.0
"""Reports of the explore image say which line of source they are about, without a host's help."""
import json
import re
from pathlib import Path

import pytest

from stopgap import BUILD, batch

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"([\w.]+)\+0x[0-9a-f]+(?:/0x[0-9a-f]+)?(?: \[(\w+)\])? \(([\w/.-]+):(\d+)\)")


def explore(*commands):
    return batch(list(commands), args=["--explore"])


def source(file, line):
    return (ROOT / file).read_text().splitlines()[int(line) - 1]


def places(text):
    """(function, module, file, text of the line) of all places named in a report."""
    return [(m[1], m[2], m[3], source(m[3], m[4])) for m in PLACE.finditer(text)]


@pytest.fixture(scope="module")
def hit():
    return explore("race explore kallsyms unlink=spinlock n=50 expect=hit")


def test_both_sides_of_a_use_after_free(hit):
    report, = hit.lines("^first hit")
    freed, caller, used, *_ = places(report)
    assert "free" in caller[3]
    assert freed[0].startswith("vmap_free") and "hook_free(" in freed[3]
    assert used[0] == "module_address_lookup" and "within" in used[3]


def test_racing_pair_of_the_story(hit):
    for line in hit.lines("^race: step|^ and: step"):
        assert len(places(line)) == 1


def test_export_has_lines_too(tmp_path):
    """Of the code whose names are known: an address that has none is a number, as ever."""
    file = tmp_path / "trace.json"
    done = batch("race explore kallsyms unlink=spinlock n=50; trace export", args=["--explore", "--trace", file])
    assert done.status == 0
    at = [event["args"]["at"] for event in json.loads(file.read_text())["traceEvents"] if "at" in event.get("args", {})]
    assert len(at) > 20
    assert all(PLACE.fullmatch(place) or re.fullmatch("0x[0-9a-f]+", place) for place in at)


def test_oops_in_a_module():
    """The module's table stays in its file."""
    done = explore("insmod oops.ko")
    nip, = done.lines(r"NIP \[")
    place, = places(nip)
    assert place[:3] == ("oops_here", "oops", "modules/basics/oops.c")
    assert "*" in place[3] and "=" in place[3]
    trace = places("\n".join(done.lines(r"\[c.*\] \[c")))
    assert ("load", None, "kernel/module/main.c") in [place[:3] for place in trace]


def test_what_is_no_code_has_no_line():
    done = explore("fault execdata")
    assert done.lines(r"NIP \[c[0-9a-f]{15}\] blr\S+$")


def test_ordinary_image_has_no_table():
    assert b".lines" not in (BUILD / "vmlinux").read_bytes()
    assert b".lines" not in (BUILD / "modules/basics/hello.ko").read_bytes()
