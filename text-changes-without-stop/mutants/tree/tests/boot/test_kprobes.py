# SPDX-License-Identifier: GPL-2.0
"""kprobes from outside: the shell's command, modules that probe and are probed, and a probe that comes and goes."""

import re

import pytest

HIT = r"kprobe: {}: hit 1 at \d+ us, CPU \d+, PID \d+ {}, called from {}"


def test_the_shell_prints_hits_and_returns(stopgap):
    result = stopgap(["insmod target.ko", "kprobe add target:target_add", "kprobe add -r -v target:target_add",
                      "kprobe add delete_module", "kprobe list", "rmmod target", "kprobe list", "kprobe del all",
                      "kprobe list"])
    assert result.status == 0
    assert result.lines(HIT.format("delete_module", "sh/rmmod", "rmmod_run"))
    assert result.lines(HIT.format("target:target_add", "sh/rmmod", ""))
    assert result.lines(r"kprobe:   r3=1e r4=c ")
    assert result.lines(r"kprobe:   nip=c\w+ lr=c\w+ ctr=\w+ cr=\w+ xer=\w+ msr=8\w+ irqmask=0$")
    assert result.lines(r"kprobe: target:target_add: return 1 at \d+ us, .* after \d+ us: 2a \(42\)$")
    assert result.lines(r"kprobe:   r28=\w+ r29=\w+ r30=\w+ r31=\w+$"), "-v prints all registers"
    assert result.lines(r"^c\w+  k  delete_module\+0x8/\w+  missed 0  hits 0 "), "calls pass the local entry"
    assert len(result.lines(r"^c\w+  [kr]  .* hits 1  \"target:target_add\"  \[GONE\]$")) == 2
    assert result.lines("^3 probes$") and result.lines("^0 probes$")


def test_a_hot_probe_does_not_drown_the_console(stopgap):
    result = stopgap("kprobe add n=3 vsnprintf; mem; mem; lsmod; ps; kprobe del vsnprintf")
    assert result.status == 0
    hits = int(re.search(r"^kprobe: vsnprintf: (\d+) hits, \d+ missed$", result.out, re.MULTILINE)[1])
    assert hits > 20
    assert len(result.lines(r"kprobe: vsnprintf: hit \d+ at")) == 3
    assert len(result.lines(r"kprobe: vsnprintf: further hits are only counted")) == 1


def test_what_printk_itself_uses_can_be_probed(stopgap):
    result = stopgap("kprobe add vprintk; kprobe add -r vsnprintf; kprobe add schedule; insmod hello.ko; rmmod hello; "
                     "kprobe del all; bt; uptime")
    assert result.status == 0
    assert result.lines(r"kprobe: vprintk: hit 1 at .*called from printk\+")
    assert result.lines(r"kprobe: schedule: hit 1 at")
    assert "hello: Goodbye, world" in result.out


def test_what_is_refused(stopgap):
    places = ["nosuch", "trap_dispatch", "hv_step", "kprobe_trap", "patch_instruction", "vsnprintf+2", "vsnprintf+0xc",
              "0xc000000000000000",
              "target:target_hidden", "target:target_section+4", "-r vsnprintf+0x40", "0xzz", "vsnprintf+q", "-x vsnprintf",
              "n=many vsnprintf", ""]
    result = stopgap(["insmod target.ko", *(f"kprobe add {place}" for place in places), "kprobe del vsnprintf", "kprobe",
                      "kprobe list", "rmmod target"])
    assert result.status == 1
    assert "kprobe: nosuch: no such symbol, or its module is going" in result.out
    for function in ["trap_dispatch", "hv_step", "kprobe_trap", "patch_instruction", "target_hidden", "target_section"]:
        assert result.lines(rf"kprobes: {function}\+.* cannot be probed: it is on the blacklist$")
    assert result.lines(r"kprobes: vsnprintf\+0x2/\w+ cannot be probed: it is not aligned$")
    assert result.lines(r"kprobes: vsnprintf\+0xc/\w+ cannot be probed: the call of the function tracer goes there$")
    assert result.lines(r"kprobes: 0xc000000000000000 cannot be probed: it is no code$")
    assert "kprobe: vsnprintf+0x40: -EINVAL (is it the entry of a function?)" in result.out
    assert result.out.count("give SYMBOL, MODULE:SYMBOL, either with +OFFSET, or 0xADDRESS") == 2
    assert result.lines("^0 probes$")
    assert not result.lines("Oops")


PROBE, TRACE = "kprobe add target:target_add", "trace function target_add"


@pytest.mark.parametrize("first, second", [(PROBE, TRACE), (TRACE, PROBE)], ids=["probe-first", "trace-first"])
def test_a_function_is_probed_and_traced(stopgap, first, second):
    """The probe is on the instruction before the one that the tracer replaces."""
    result = stopgap(["insmod target.ko", first, second, "rmmod target", "trace function off", "kprobe list",
                      "trace dump"])
    assert result.status == 0
    assert result.lines(r"kprobe: target:target_add: hit 1 at ")
    assert result.lines(r'  hits 1  "target:target_add"')
    assert len(result.lines(r"CPU\d  0x\w+ <- ")) == 1, "target is gone, and its names with it"


def test_a_probe_dies_with_the_module_it_probes(stopgap):
    """Reloading does not bring it back, and the owner can still unregister it."""
    result = stopgap(["insmod target.ko", "insmod watch.ko symbol=target_add", "rmmod target", "insmod target.ko",
                      "rmmod target", "kprobe list", "rmmod watch", "kprobe list"])
    assert result.status == 0
    assert len(result.lines("watch: target_add is called, r3 = 1e$")) == 1
    assert len(result.lines(r"watch: one instruction later, at \+4$")) == 1
    assert len(result.lines("watch: target_add returns 2a$")) == 1
    assert len(result.lines("target: exit: 42$")) == 2
    assert len(result.lines(r"\[GONE\]$")) == 2
    assert result.lines("^0 probes$")


def test_a_module_that_forgets_to_unregister(stopgap):
    result = stopgap("insmod hello.ko; insmod watch.ko forget=1; rmmod watch; kprobe list; rmmod hello")
    assert result.status == 0
    assert len(result.lines(r"kprobes: watch goes without unregistering its probe at hello_exit\+0x8/")) == 2
    assert result.lines("^0 probes$")
    assert not result.lines("watch: hello_exit")
    assert "hello: Goodbye, world" in result.out


def test_a_fault_in_a_handler_names_it(stopgap):
    result = stopgap(["insmod hello.ko", "insmod watch.ko fault=1", "rmmod hello", "kprobe add -r vsnprintf", "uptime",
                      "kprobe del all"])
    assert result.status == 1
    assert len(result.lines("Oops: ")) == 1
    assert result.lines(r"kprobes: in watch_pre \[watch\], the pre_handler of the probe at hello_exit\+0x8/\w+ \[hello\]$")
    assert "rmmod: killed by an oops" in result.out
    assert result.lines(r"kprobe: vsnprintf: return 1 at"), "this CPU's later hits are seen"


def test_an_oops_shows_the_real_callers(stopgap):
    """The return address on the stack is a return probe's; the call trace says where it leads."""
    result = stopgap("kprobe add -r fault_command; fault null; kprobe del all; uptime")
    assert result.status == 1
    assert result.lines(r"^\[.*\] job_thread\+0x\w+/")
    assert not result.lines("__kretprobe_trampoline")
    assert "kprobe: fault_command: 0 hits, 0 missed" in result.out


def test_four_cpus_through_a_probe_that_comes_and_goes(stopgap):
    result = stopgap("insmod kunit.ko storm=1000; kunit kprobes.armed*", cpus=4, args=["--icount", "3"])
    assert result.status == 0
    found = re.search(r"1000 rounds, (\d+) calls, (\d+) of them hit the probe", result.out)
    assert int(found[1]) > int(found[2]) > 1000


def test_a_prefixed_instruction_is_stepped(stopgap):
    """POWER10 has instructions of two words."""
    result = stopgap("kunit kprobes_step.a_prefixed*", cpus=1, args=["--", "-cpu", "power10"])
    assert result.status == 0
    assert result.lines("cannot be probed: it is the second half of an instruction$")


def test_stealing_and_probing_at_once(stopgap):
    """The shim steps, too, and takes interrupts where the kernel has them off."""
    result = stopgap(["hv steal rate=20000 min=1 max=3", "kunit kprobes_step.each_of_v*", "kunit kprobes_step.each_of_k*",
                      "kunit kretprobes", "kprobe add n=2 schedule", "insmod hello.ko", "rmmod hello", "kprobe del all",
                      "hv status", "hv steal off"], cpus=1)
    assert result.status == 0
    assert result.lines(r"vsnprintf: \d{3,} instructions probed, \d{2,} of them hit")
    assert result.lines("# Totals: pass:9 fail:0 skip:0 total:9")
    assert not result.lines("Oops|LOCKUP")
    steals = int(re.search(r"^ +0 +(\d+) ", result.out, re.MULTILINE)[1])
    assert steals > 20


def test_the_symbol_table_is_switched(stopgap):
    """race symtab: torn hits, by luck and by search; one pointer, or one store, does not."""
    native = stopgap(["race run symtab switch=torn n=100 expect=hit", "race run symtab switch=rcu n=300 expect=none",
                      "race run symtab switch=shrink n=300 expect=none"], args=["--icount", "3"])
    assert native.status == 0
    search = stopgap(["race explore symtab switch=torn dispatch=bounded c=1 expect=hit",
                      "race explore symtab switch=torn dispatch=pct depth=2 model=pso n=100 expect=hit",
                      "race explore symtab switch=rcu dispatch=pct depth=2 model=pso n=200 expect=none",
                      "race explore symtab switch=rcu dispatch=bounded c=1 expect=none",
                      "race explore symtab switch=shrink dispatch=bounded c=1 expect=none"], args=["--explore"])
    assert search.status == 0
    assert search.lines(r"^first hit, schedule \d+: ")
    assert len(search.lines(r"race: symtab switch=(rcu|shrink) .*exhausted c=1")) == 2
    string, = search.lines(r"^replay: race replay 'RX1:symtab:switch=torn,.*:sc:")
    again = stopgap(string.removeprefix("replay: "), args=["--explore"])
    assert again.lines(r"core_b: 0, not b0|trap 300")
