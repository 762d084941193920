# SPDX-License-Identifier: GPL-2.0
"""Modules from the shell: what works, and what the ways to be wrong get told."""

import os
import re
import shutil
import struct
import subprocess

import pytest

import stopgap as host

BASICS = host.BUILD / "modules" / "basics"
CROSS = os.environ.get("CROSS_COMPILE", "powerpc64-linux-gnu-")

# Places in an ELF header.
EI_DATA, E_MACHINE = 5, 18


def free_memory(result):
    """What each "mem" of a run said, in kB."""
    return [int(kilobytes) for kilobytes in re.findall(r"^free: (\d+) kB", result.out, re.MULTILINE)]


def refused(stopgap, command, files=()):
    """Run a command that must fail, several times. Return: the run, after a check that no memory is lost."""
    args = [arg for path in files for arg in ("--module", path)]
    result = stopgap([command, command, "mem", command, command, command, "mem", "lsmod"], args=args)
    assert result.status == 1
    assert "Oops" not in result.out
    before, after = free_memory(result)
    assert before == after, "memory was lost"
    return result


@pytest.fixture
def damaged(tmp_path):
    """damaged(name, change): a copy of hello.ko whose bytes went through a function."""
    def make(name, change):
        path = tmp_path / name
        path.write_bytes(change((BASICS / "hello.ko").read_bytes()))
        return path
    return make


def poke(offset, fmt, value):
    """A change that stores one field."""
    def change(data):
        data = bytearray(data)
        struct.pack_into(fmt, data, offset, value)
        return bytes(data)
    return change


def test_hello_loads_is_listed_and_goes(stopgap):
    result = stopgap("insmod hello.ko; lsmod; rmmod hello; lsmod")
    assert result.status == 0
    assert result.lines("hello: Hello, world")
    assert result.lines("hello: Goodbye, world")
    assert result.lines(r"^Module                  Size  Used by$")
    assert len(result.lines(r"^hello +\d+  0$")) == 1


def test_parameters_reach_the_module(stopgap):
    result = stopgap("insmod params.ko count=2 loud=y whom=\"old friend\" table=4,5,6")
    assert result.status == 0
    assert len(result.lines("params: Hello, old friend!$")) == 2
    assert result.lines(r"params: table\[2\] = 6$")
    assert not result.lines(r"params: table\[3\]")


def test_what_is_not_a_parameter_is_ignored_aloud(stopgap):
    result = stopgap("insmod params.ko cuont=2 count=1 -- count=9 loud=y")
    assert result.lines("params: unknown parameter 'cuont' ignored$")
    assert result.lines("params: parameters 'count=9 loud=y ' after `--' ignored$")
    assert len(result.lines("params: Hello, world$")) == 1


@pytest.mark.parametrize("args, message", [
    ("count=many", "params: `many' invalid for parameter `count'"),
    ("loud=perhaps", "params: `perhaps' invalid for parameter `loud'"),
    ("table=1,2,3,4,5", "params: `1,2,3,4,5' invalid for parameter `table'"),
])
def test_a_bad_value_is_refused_by_name(stopgap, args, message):
    result = refused(stopgap, f"insmod params.ko {args}")
    assert message in result.out
    assert "insmod: can't insert 'params.ko': Invalid argument (err -22)" in result.out


def test_a_module_of_two_files(stopgap):
    result = stopgap("insmod pair.ko; rmmod pair")
    assert result.status == 0
    assert result.lines("pair: the helper says 7")


def test_a_module_in_use_stays(stopgap):
    result = stopgap("insmod exporter.ko; insmod user.ko; rmmod exporter; lsmod; rmmod user exporter; lsmod")
    assert result.status == 1
    assert result.lines("user: 20 [+] 22 = 42")
    assert result.lines("Module exporter is in use by: user$")
    assert result.lines(r"^rmmod: can't unload module 'exporter': .* \(err -11\)$")
    assert len(result.lines(r"^exporter +\d+  1 user$")) == 1
    assert result.out.rstrip().endswith("Used by")


def test_missing_file(stopgap):
    result = refused(stopgap, "insmod nosuch.ko")
    assert "insmod: can't open 'nosuch.ko': No such file or directory (err -2)" in result.out


def test_truncated_file(stopgap, damaged):
    path = damaged("cut.ko", lambda data: data[:len(data) // 2])
    result = refused(stopgap, "insmod cut.ko", [path])
    assert "module: truncated: section headers past the end of the file" in result.out
    assert "insmod: can't insert 'cut.ko': invalid module format (err -8)" in result.out


def test_empty_file(stopgap, damaged):
    result = refused(stopgap, "insmod none.ko", [damaged("none.ko", lambda data: b"")])
    assert "module: not an ELF file" in result.out


def test_wrong_machine(stopgap, damaged):
    path = damaged("machine.ko", poke(E_MACHINE, ">H", 20))
    result = refused(stopgap, "insmod machine.ko", [path])
    assert "module: wrong machine 20 (PowerPC, 32-bit), want 21 (PowerPC64)" in result.out
    assert "insmod: can't insert 'machine.ko': invalid module format (err -8)" in result.out


def test_little_endian(stopgap, tmp_path):
    path = tmp_path / "little.ko"
    subprocess.run([f"{CROSS}gcc", "-m64", "-mlittle-endian", "-mabi=elfv2", "-c", "-x", "c", "-o", path, "-"],
                   input=b"int x;", check=True)
    assert path.read_bytes()[EI_DATA] == 1
    result = refused(stopgap, "insmod little.ko", [path])
    assert "module: little-endian ELF, this kernel is big-endian" in result.out
    assert "insmod: can't insert 'little.ko': invalid module format (err -8)" in result.out


def test_another_kernels_module(stopgap, damaged):
    path = damaged("foreign.ko", lambda data: data.replace(b"vermagic=0", b"vermagic=9"))
    result = refused(stopgap, "insmod foreign.ko", [path])
    assert len(result.lines("hello: version magic '9.* should be '0.*'$")) == 5


def test_a_module_without_hooks_is_not_explored():
    """It would be searched as if it shared nothing."""
    result = host.batch("insmod hello.ko", args=["--explore", "--module", BASICS / "hello.ko"])
    assert result.lines("hello: version magic '.* ELFv2 ' should be '.* ELFv2 explore '$")
    assert "insmod: can't insert 'hello.ko': invalid module format (err -8)" in result.out
    assert result.status == 1


def test_unsupported_relocation(stopgap, damaged):
    """R_PPC64_REL24 (10) becomes a thread-local relocation (67)."""
    def change(data):
        at = data.index(struct.pack(">I", 10) + bytes(8), data.index(b"Hello"))
        return data[:at] + struct.pack(">I", 67) + data[at + 4:]
    result = refused(stopgap, "insmod tls.ko", [damaged("tls.ko", change)])
    assert len(result.lines(r"hello: unsupported relocation 67 \(R_PPC64_TLS\) in \.\w+\.text[+]0x")) == 5
    assert "insmod: can't insert 'tls.ko': invalid module format (err -8)" in result.out


def test_duplicate_insert(stopgap):
    result = stopgap("insmod hello.ko; insmod hello.ko; mem; insmod hello.ko; mem; rmmod hello")
    assert result.status == 1
    assert len(result.lines(r"^insmod: can't insert 'hello.ko': File exists \(err -17\)$")) == 2
    before, after = free_memory(result)
    assert before == after
    assert result.lines("hello: Goodbye, world")


def test_unknown_symbol(stopgap):
    result = refused(stopgap, "insmod unknown.ko")
    assert "unknown: Unknown symbol frobnicate (err -2)" in result.out
    assert "insmod: can't insert 'unknown.ko': unknown symbol in module, or unknown parameter (err -2)" in result.out


def test_gpl_only_symbol(stopgap):
    result = stopgap("insmod exporter.ko; insmod closed.ko")
    assert result.status == 1
    assert "closed: GPL-incompatible module uses GPL-only symbol 'exporter_gpl_value'" in result.out
    assert "closed: Unknown symbol exporter_gpl_value (err -2)" in result.out


def test_init_that_fails(stopgap):
    result = refused(stopgap, "insmod initfail.ko")
    assert "initfail: init failed: -22" in result.out
    assert "insmod: can't insert 'initfail.ko': Invalid argument (err -22)" in result.out


def test_rmmod_of_nothing(stopgap):
    result = refused(stopgap, "rmmod nothing")
    assert "rmmod: Module nothing is not currently loaded (err -2)" in result.out


@pytest.mark.parametrize("where, died, state", [("init", "insmod oops.ko", "init"), ("exit", "rmmod oops", "exit")])
def test_an_oops_costs_the_module_and_not_the_kernel(stopgap, where, died, state):
    first = "insmod oops.ko where=" + where
    commands = [first] + (["rmmod oops"] if where == "exit" else [])
    result = stopgap([*commands, "lsmod", "rmmod oops", "insmod hello.ko", "rmmod hello"])
    assert result.status == 1
    assert result.lines(r"NIP .*oops_here[+]0x\w+/0x\w+ \[oops\]")
    assert result.lines(r"Modules linked in: oops\([+-]\)$")
    assert result.lines(f"oops: cannot be removed: its {state} has not returned")
    assert "rmmod: can't unload module 'oops': Device or resource busy (err -16)" in result.out
    assert result.lines("hello: Goodbye, world"), f"the kernel did not survive {died}"


def line_of(path, text):
    """The number of the one line of a source that has this text in it."""
    return [text in line for line in (host.TOP / path).read_text().splitlines()].index(True) + 1


def test_a_module_fixes_its_own_faults_up_and_warns(stopgap):
    result = stopgap("insmod trips.ko; rmmod trips; insmod trips.ko warn=1; rmmod trips")
    assert result.status == 0
    assert len(result.lines("trips: on its feet again")) == 2
    line = line_of("modules/basics/trips.c", "WARN_ON(warn)")
    assert len(result.lines(rf"WARNING: CPU: \d PID: \d+ at modules/basics/trips\.c:{line} "
                            r"\S+[+]0x\w+/0x\w+ \[trips\]$")) == 2


def test_a_warning_names_the_modules_and_taints(stopgap):
    result = stopgap("insmod trips.ko warn=1; insmod oops.ko")
    assert len(result.lines(r"Modules linked in: trips\(\+\)$")) == 2
    assert [line.partition("Comm: ")[2] for line in result.lines("CPU: .*Comm: ")] == [
        "sh/insmod Not tainted", "sh/insmod Tainted: G W", "sh/insmod Tainted: G W preempt=none"]


def test_a_bug_in_a_module_says_where(stopgap):
    result = stopgap("insmod trips.ko bug=1; lsmod; insmod hello.ko")
    assert result.status == 1
    line = line_of("modules/basics/trips.c", "BUG_ON(bug)")
    assert result.lines(rf"kernel BUG at modules/basics/trips\.c:{line}!$")
    assert result.lines(r"NIP .*\[trips\]") and result.lines(r"Modules linked in: trips\([+]\)")
    assert result.lines("hello: Hello, world")


def test_modinfo_lays_out_what_the_file_says(stopgap):
    result = stopgap("modinfo params.ko")
    assert result.status == 0
    assert result.lines(r"^filename:       params\.ko$")
    assert result.lines(r"^license:        GPL$")
    assert result.lines(r"^parm:           count:how often to say it \(int\)$")
    assert result.lines(r"^parm:           table:up to four numbers \(array of int\)$")


def test_bench_skips_what_it_has_no_module_for(stopgap):
    """big.ko comes with make bench only."""
    result = stopgap("bench 'insmod+rmmod 1 MiB'")
    assert result.status == 0
    assert result.lines(r"^insmod\+rmmod 1 MiB, 20,000 relocs +skipped$")


def test_a_folder_outside_the_tree(stopgap, tmp_path):
    """make M=dir modules, on a Makefile as out-of-tree modules have it. Such a module taints the kernel."""
    folder = tmp_path / "my-module"
    folder.mkdir()
    shutil.copy(os.path.join(host.TOP, "modules", "basics", "hello.c"), folder / "my-hello.c")
    (folder / "Makefile").write_text("obj-m += my-hello.o\n\nall:\n\t$(MAKE) -C $(KDIR) M=$(PWD) modules\n")
    make = ["make", "-s", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}"]
    subprocess.run([*make, "modules"], check=True, timeout=host.BATCH_SECONDS)
    result = stopgap("insmod my-hello.ko; cat /proc/modules; rmmod my-hello", args=["--module", folder / "my-hello.ko"])
    assert result.status == 0
    assert "my_hello: loading out-of-tree module taints kernel." in result.out
    assert result.lines(r"^my_hello \d+ 0 - Live 0x\w+ \(O\)$")
    subprocess.run([*make, "explore"], check=True, timeout=host.BATCH_SECONDS)
    result = host.batch("insmod my-hello.ko", args=["--explore", "--module", folder / "explore/my-hello.ko"])
    assert result.status == 0
    subprocess.run([*make, "modules_clean"], check=True, timeout=host.BATCH_SECONDS)
    assert sorted(path.name for path in folder.iterdir()) == ["Makefile", "my-hello.c"]
