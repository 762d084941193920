# SPDX-License-Identifier: GPL-2.0
"""modprobe and its needs, modinfo against kmod's, and what Linux says when modules get in each other's way."""

import re
import shutil
import subprocess

import pytest

import stopgap as host

MODINFO = "/usr/sbin/modinfo"
DEPMOD = "/usr/sbin/depmod"
LICENSE = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n'


@pytest.fixture
def build(tmp_path):
    """build(sources): compile these modules, a dict of name to C, outside the tree. Return: qemu-run.sh's options."""
    def make(sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.c").write_text(LICENSE + source)
        (tmp_path / "Kbuild").write_text("".join(f"obj-m += {name}.o\n" for name in sources))
        subprocess.run(["make", "-s", "-C", host.TOP, f"O={host.BUILD}", f"M={tmp_path}", "modules"], check=True,
                       timeout=host.BATCH_SECONDS)
        return [arg for name in sources for arg in ("--module", tmp_path / f"{name}.ko")]
    return make


def names(text):
    """The modules of the last lsmod."""
    return [line.split()[0] for line in text.rpartition("Used by\n")[2].splitlines() if re.match(r"\w+ +\d+ ", line)]


def test_modprobe_loads_what_is_needed_first_and_takes_it_along(stopgap):
    result = stopgap("modprobe user; lsmod; modprobe user; modprobe -r user; lsmod; modprobe -r user")
    assert result.status == 0
    assert result.lines(r"^exporter +\d+  1 user$")
    assert names(result.out) == []


def test_modprobe_keeps_what_others_need(stopgap):
    result = stopgap("insmod exporter.ko; modprobe user; modprobe -r exporter; lsmod; rmmod user; lsmod")
    assert result.status == 1
    assert "modprobe: can't unload module 'exporter': " in result.out
    assert names(result.out) == ["exporter"]


def test_modprobe_hands_parameters_on(stopgap):
    result = stopgap("modprobe params count=2 whom=\"old friend\"; modprobe -r params")
    assert len(result.lines("params: Hello, old friend$")) == 2


def test_the_boot_line_has_parameters_for_modules(stopgap):
    result = stopgap(["modprobe params", "rmmod params", "modprobe params whom=me", "rmmod params", "insmod params.ko"],
                     params='params.count=2 params.whom="old friend" params.loud hello.count=9')
    assert "Unknown boot parameter `params.count=2', left to modprobe" in result.out
    said = [line.partition("params: ")[2] for line in result.lines(r"\] params: ")]
    assert said == ["Hello, old friend!"] * 2 + ["Hello, me!"] * 2 + ["Hello, world"]


def test_modprobe_of_nothing(stopgap):
    result = stopgap("modprobe nosuch; modprobe -r nosuch")
    assert result.status == 1
    assert len(result.lines(r"^modprobe: module nosuch not found in the ramdisk \(err -2\)$")) == 2


def test_depends_is_what_depmod_finds(stopgap, build, tmp_path):
    """Each file names what it needs directly, in the tree and outside; modprobe follows the chain."""
    args = build({
        "third": "extern int second(void);\nstatic int __init s(void) { return second(); }\n"
                 "static void __exit e(void) { }\nmodule_init(s);\nmodule_exit(e);\n",
        "second": "extern int first(void), exporter_add(int, int);\n"
                  "int second(void) { return exporter_add(0, first()); }\nEXPORT_SYMBOL(second);\n",
        "first": "int first(void) { return 0; }\nEXPORT_SYMBOL_GPL(first);\n",
    })
    folder = tmp_path / "lib" / "modules" / "0.1.0"
    folder.mkdir(parents=True)
    for ko in [*tmp_path.glob("*.ko"), host.BUILD / "modules" / "basics" / "exporter.ko"]:
        shutil.copy(ko, folder)
    found = subprocess.run([DEPMOD, "-n", "-b", tmp_path, "0.1.0"], check=True, capture_output=True, text=True).stdout
    needs = {name: set(rest.replace(".ko", "").split()) for name, rest in re.findall(r"^(\w+)\.ko:(.*)$", found, re.M)}
    assert needs["third"] == {"second", "first", "exporter"}
    for name, direct in (("third", {"second"}), ("second", {"first", "exporter"}), ("first", set())):
        said = subprocess.run([MODINFO, "-F", "depends", folder / f"{name}.ko"], check=True, capture_output=True)
        assert set(said.stdout.decode().strip().split(",")) - {""} == direct
        assert direct <= needs[name]
    result = stopgap("modprobe third; lsmod; modprobe -r third; lsmod", args=args)
    assert set(names(result.out.partition("modprobe -r")[0])) == {"third", "second", "exporter", "first"}
    assert names(result.out) == []


def test_circular_needs(stopgap, build):
    """Neither can be first: modprobe names the circle, insmod the symbol."""
    args = build({
        "hen": "extern int egg(void);\nint hen(void) { return egg(); }\nEXPORT_SYMBOL(hen);\n",
        "egg": "extern int hen(void);\nint egg(void) { return hen(); }\nEXPORT_SYMBOL(egg);\n",
    })
    result = stopgap("modprobe hen; insmod egg.ko; lsmod", args=args)
    assert result.status == 1
    assert result.lines("^modprobe: circular dependency: hen <- egg <- hen$")
    assert "egg: Unknown symbol hen (err -2)" in result.out
    assert names(result.out) == []


def test_an_init_that_sleeps_and_one_that_fails_late(stopgap, build):
    args = build({
        "sleeper": "#include <linux/delay.h>\nstatic int __init s(void) { msleep(30); return 0; }\n"
                   "static void __exit e(void) { }\nmodule_init(s);\nmodule_exit(e);\n",
        "late": "#include <linux/delay.h>\n#include <linux/slab.h>\n#include <linux/errno.h>\n"
                "static int __init s(void) { void *p = kmalloc(9999, GFP_KERNEL); msleep(30); kfree(p);"
                " return -ENODEV; }\nmodule_init(s);\n",
    })
    late = "insmod late.ko"
    result = stopgap(["insmod sleeper.ko", "lsmod", "rmmod sleeper", late, "mem", late, late, "mem"], args=args)
    assert result.lines(r"^sleeper +\d+  0$")
    assert len(result.lines(r"^insmod: can't insert 'late.ko': .* \(err -19\)$")) == 3
    before, after = re.findall(r"^free: (\d+) kB", result.out, re.MULTILINE)
    assert before == after


def test_a_dead_init_makes_nobody_wait(stopgap):
    """The second loader of a module whose init oopsed is told that it exists, and that it stays."""
    result = stopgap("insmod oops.ko; insmod oops.ko; rmmod oops; lsmod; insmod hello.ko")
    assert "insmod: can't insert 'oops.ko': File exists (err -17)" in result.out
    assert "rmmod: can't unload module 'oops': Device or resource busy (err -16)" in result.out
    assert result.lines("hello: Hello, world")


@pytest.mark.parametrize("kind, good, bad", [
    ("byte", "255", "256"), ("short", "-32768", "32768"), ("ushort", "65535", "-1"),
    ("int", "-2147483648", "2147483648"), ("uint", "4294967295", "4294967296"),
    ("long", "-9223372036854775808", "9223372036854775808"), ("ulong", "0xffffffffffffffff", "0x10000000000000000"),
    ("ullong", "18446744073709551615", "18446744073709551616"), ("bool", "n", "maybe"), ("invbool", "1", "2x"),
])
def test_types_have_ranges(kind, good, bad, all_types):
    assert all_types.lines(f"alltypes: {kind} is {re.escape(TAKEN.get(good, good))}$")
    assert f"alltypes: `{bad}' invalid for parameter `p_{kind}'" in all_types.out


TAKEN = {"0xffffffffffffffff": "18446744073709551615", "n": "N", "1": "1"}
TYPES = {"byte": "unsigned char", "short": "short", "ushort": "unsigned short", "int": "int", "uint": "unsigned int",
         "long": "long", "ulong": "unsigned long", "ullong": "unsigned long long", "bool": "bool", "invbool": "bool"}


@pytest.fixture(scope="module")
def all_types(request, tmp_path_factory):
    """One boot that gives a module with a parameter of each type all values of test_types_have_ranges."""
    folder = tmp_path_factory.mktemp("alltypes")
    source = LICENSE + "#include <linux/kernel.h>\n"
    source += "".join(f"static {c} p_{kind}; module_param(p_{kind}, {kind}, 0);\n" for kind, c in TYPES.items())
    formats = {"long": "ld", "ulong": "lu", "ullong": "llu", "uint": "u"}
    say = "".join(f'pr_info("alltypes: {kind} is %{formats.get(kind, "d")}\\n", p_{kind});' if kind != "bool" else
                  'pr_info("alltypes: bool is %c\\n", p_bool ? \'Y\' : \'N\');' for kind in TYPES)
    source += f"static int __init s(void) {{ {say} return 0; }}\nstatic void __exit e(void) {{ }}\n"
    (folder / "alltypes.c").write_text(source.replace("invbool is %d\\n\", p_", "invbool is %d\\n\", !p_")
                                       + "module_init(s);\nmodule_exit(e);\n")
    (folder / "Kbuild").write_text("obj-m += alltypes.o\n")
    subprocess.run(["make", "-s", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"], check=True,
                   timeout=host.BATCH_SECONDS)
    values = [mark.args[1] for mark in test_types_have_ranges.pytestmark][0]
    good = " ".join(f"p_{kind}={value}" for kind, value, _ in values)
    bad = [f"insmod alltypes.ko p_{kind}={value}" for kind, _, value in values]
    return host.batch([f"insmod alltypes.ko {good}", "rmmod alltypes", *bad],
                      args=["--module", folder / "alltypes.ko"])


def test_tab_completes_parameters(shell):
    session = shell()
    session.send("insmod params.ko co\t")
    session.wait_for(r"insmod params\.ko count=", "the completed name")
    session.send("2 wh\tTab\r")
    session.wait_for("Hello, Tab", "the module's greeting")


def test_modinfo_says_what_kmod_says(stopgap):
    files = sorted((host.BUILD / "modules").rglob("*.ko"))
    result = stopgap([f"modinfo {path.name}" for path in files])
    assert result.status == 0
    for path in files:
        kmod = subprocess.run([MODINFO, path], check=True, capture_output=True, text=True).stdout
        ours = result.out.partition(f"# modinfo {path.name}\n")[2].partition("stopgap#")[0]
        assert ours == kmod.replace(str(path), path.name)
