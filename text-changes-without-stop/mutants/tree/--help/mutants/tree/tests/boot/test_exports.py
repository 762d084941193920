# SPDX-License-Identifier: GPL-2.0
"""Exports: who may use what. Licences, namespaces, taints, and the surface that modules see."""

import json
import re

import pytest

import stopgap as host

UNKNOWN = "unknown symbol in module, or unknown parameter (err -2)"


def test_namespaces(stopgap):
    result = stopgap("insmod ns_lender.ko; insmod ns_member.ko; insmod ns_stranger.ko; modinfo ns_member.ko; lsmod")
    assert result.status == 1
    assert "ns_member: 20 + 22 = 42" in result.out
    assert ("ns_stranger: module uses symbol (ns_value) from namespace LENDER, but does not import it."
            in result.out)
    assert "ns_stranger: Unknown symbol ns_value (err -22)" in result.out
    assert "insmod: can't insert 'ns_stranger.ko': Invalid argument (err -22)" in result.out
    assert result.lines(r"^import_ns: +LENDER$")
    assert result.lines(r"^ns_lender +\d+  1 ns_member$"), "the refused module still holds a reference"


def test_proprietary_is_inherited(stopgap):
    result = stopgap(["insmod prop_lender.ko", "insmod prop_heir.ko", "insmod exporter.ko", "insmod prop_shim.ko",
                      "lsmod", "cat /proc/modules", "modinfo prop_lender.ko", "modinfo prop_heir.ko",
                      "insmod oops.ko where=init"])
    assert result.status == 1
    assert "prop_lender: module license 'Proprietary' taints kernel." in result.out
    assert ("prop_heir: module uses symbols prop_value from proprietary module prop_lender, inheriting taint."
            in result.out)
    assert ("prop_shim: module using GPL-only symbols uses symbols heir_value from proprietary module prop_heir."
            in result.out)
    assert "prop_shim: Unknown symbol heir_value (err -2)" in result.out
    assert f"insmod: can't insert 'prop_shim.ko': {UNKNOWN}" in result.out
    assert result.lines(r"^exporter +\d+  0$")
    assert result.lines(r"^prop_heir +\d+  0 \(P\)$")
    assert result.lines(r"^prop_lender +\d+  1 prop_heir \(P\)$")
    assert result.lines(r"^prop_lender \d+ 1 prop_heir, Live 0x\w+ \(P\)$")
    assert len(result.lines(r"^taints: +P$")) == 1, "prop_heir.ko by itself is not proprietary"
    assert result.lines(r"Comm: sh/insmod Tainted: P preempt=")
    assert result.lines(r"Modules linked in: oops\(\+\) exporter prop_heir\(P\) prop_lender\(P\)$")


def test_a_proprietary_guest(stopgap):
    """Whether a proprietary module may use a module that uses GPL-only symbols: only in Linux."""
    result = stopgap(["insmod gpl_host.ko", "insmod prop_guest.ko", "lsmod", "set module.strict_gpl=0",
                      "insmod prop_guest.ko"])
    assert len(result.lines("prop_guest: 42$")) == 1
    assert ("prop_guest: proprietary module uses symbols host_value from module gpl_host using GPL-only symbols."
            in result.out)
    assert result.lines(r"^gpl_host +\d+  0$")


def test_a_refused_module_leaves_its_taint(stopgap):
    """As in Linux: the kernel is tainted before it is known whether all symbols are there."""
    result = stopgap("insmod exporter.ko; insmod closed.ko; insmod oops.ko where=init")
    assert result.lines(r"closed: module license 'Proprietary' taints kernel\.$")
    assert result.lines(r"Tainted: P ")
    assert result.lines(r"Modules linked in: oops\(\+\) exporter$")


def test_force(stopgap, tmp_path):
    foreign = tmp_path / "foreign.ko"
    foreign.write_bytes((host.BUILD / "modules" / "basics" / "hello.ko").read_bytes()
                        .replace(b"vermagic=0", b"vermagic=9"))
    result = stopgap(["insmod foreign.ko", "modinfo foreign.ko", "insmod -f foreign.ko", "lsmod", "rmmod hello",
                      "insmod oops.ko where=init"], args=["--module", foreign])
    assert len(result.lines("hello: version magic '9.* should be '0.*'$")) == 1
    assert result.lines(r"^taints: +F$")
    assert result.lines(r"hello: bad vermagic: kernel tainted\.$")
    assert result.lines(r"^hello +\d+  0 \(F\)$")
    assert result.lines("hello: Goodbye, world")
    assert result.lines("Tainted: G F preempt=")


def test_symbol_get_holds_the_module(stopgap):
    result = stopgap(["insmod asker.ko", "rmmod asker", "insmod exporter.ko", "insmod asker.ko", "rmmod exporter",
                      "rmmod asker", "rmmod exporter", "lsmod"])
    assert result.lines("asker: exporter is not there$")
    assert result.lines("asker: exporter says 42$")
    assert len(result.lines("Module exporter is in use$")) == 1
    assert not result.lines("^exporter ")


@pytest.mark.parametrize("switch, door", [("none", 0), ("gpl", 2)])
def test_the_list_of_exports(stopgap, switch, door):
    result = stopgap(["insmod ns_lender.ko", "insmod exporter.ko", "kallsyms --exported",
                      "kallsyms --exported no_such_name"], params=f"kallsyms.export={switch}")
    assert result.lines(r"^kmalloc +EXPORT_SYMBOL +- +vmlinux$")
    assert result.lines(r"^ns_value +EXPORT_SYMBOL +LENDER +ns_lender$")
    assert result.lines(r"^ns_gpl_value +EXPORT_SYMBOL_GPL +LENDER +ns_lender$")
    assert result.lines(r"^exporter_gpl_value +EXPORT_SYMBOL_GPL +- +exporter$")
    assert len(result.lines(r"^kallsyms_\w+ +EXPORT_SYMBOL_GPL +- +vmlinux$")) == door
    assert "kallsyms: no_such_name: no such export" in result.out


def test_the_switch_takes_two_values(stopgap):
    result = stopgap("params kallsyms.export; set kallsyms.export=all; set kallsyms.export=gpl; params kallsyms.export")
    assert result.lines(r"^kallsyms.export = none$")
    assert "set: kallsyms.export: cannot be set to 'all' (err -22)" in result.out
    assert result.lines(r"^kallsyms.export = gpl$")


# Of the matrix: for each module the way it takes, what it needs for that, and what its file claims.
WAYS = {
    "vendor_honest": ("kallsyms_lookup_name", "Proprietary"),
    "vendor_liar": ("kallsyms_lookup_name", "GPL"),
    "scan_pS": ("%pS", "Proprietary"),
    "kprobe_addr": ("register_kprobe", "GPL"),
    "livepatch_user": (".klp.rela", "GPL"),
    "ksplice_like": ("kallsyms_on_each_symbol", "GPL"),
}


def expected(module, claim, door):
    """(outcome, message or way) as they have to be."""
    way = WAYS[module][0]
    if way.startswith("kallsyms_") and door == "none":
        return "refused", f"Unknown symbol {way} (err -2)"
    if way in ("register_kprobe", "kallsyms_lookup_name", "kallsyms_on_each_symbol") and claim != "GPL":
        return "refused", f"GPL-incompatible module uses GPL-only symbol '{way}'"
    return "reaches", way


def test_matrix(stopgap):
    """Who reaches the function, by which way: 24 loads of modules, and all gone afterwards."""
    result = stopgap("race matrix export --json; params kallsyms.export; lsmod; race matrix export n=1")
    assert "race: matrix export: n=1: takes nothing but --json" in result.out
    assert result.lines("^kallsyms.export = none$")
    assert not result.lines(r"^(vendor|scan|kprobe|livepatch|ksplice)_")
    matrix = json.loads(re.search(r"^\{.*^\]\}$", result.out, re.MULTILINE | re.DOTALL)[0])
    attempts = matrix["attempts"]
    assert len(attempts) == len(WAYS) * 4
    for a in attempts:
        outcome = (a["outcome"], a.get("way") or a.get("message"))
        assert outcome == expected(a["module"], a["claim"], a["export"]), a
        assert a["own"] == (a["claim"] == WAYS[a["module"]][1])
    calls = {a["module"]: a["calls"] for a in attempts if a["outcome"] == "reaches"}
    assert calls["scan_pS"] > 1000
    assert calls["kprobe_addr"] == 2
    assert len({a["addr"] for a in attempts if a["outcome"] == "reaches"}) == 1


def test_a_live_patch_says_so(stopgap):
    result = stopgap("modinfo livepatch_user.ko; insmod livepatch_user.ko; lsmod; insmod oops.ko where=init")
    assert result.lines("^taints: +K$")
    assert result.lines(r"livepatch_user: tainting kernel with TAINT_LIVEPATCH$")
    assert result.lines(r"livepatch_user: task_runtime_ns is at c0\w+ \(.klp.rela: 0 calls")
    assert result.lines(r"^livepatch_user +\d+  0 \(K\)$")
    assert result.lines("Tainted: G K preempt=")


def test_the_scan_from_symbol_to_symbol(stopgap):
    """%pS tells sizes too, so that a scan need not ask for each instruction."""
    result = stopgap("insmod scan_pS.ko stride=0; rmmod scan_pS; insmod scan_pS.ko; rmmod scan_pS")
    assert result.status == 0
    short, long = (int(re.search(r"%pS: (\d+) calls", line)[1]) for line in result.lines("scan_pS: task_runtime_ns"))
    assert short * 5 < long


def test_the_door_can_be_opened_and_shut(stopgap):
    result = stopgap(["insmod vendor_liar.ko", "set kallsyms.export=gpl", "insmod vendor_liar.ko", "rmmod vendor_liar",
                      "set kallsyms.export=none", "insmod vendor_liar.ko"])
    assert len(result.lines(r"vendor_liar: Unknown symbol kallsyms_lookup_name \(err -2\)$")) == 2
    assert len(result.lines(r"vendor_liar: task_runtime_ns is at c0\w+ \(kallsyms_lookup_name: 1 call")) == 1
