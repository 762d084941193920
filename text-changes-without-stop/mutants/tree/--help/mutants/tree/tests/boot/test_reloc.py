# SPDX-License-Identifier: GPL-2.0
"""Relocations in modules: one source under every set of flags that changes them, loaded and asked for its answers."""

import os
import shutil
import subprocess

import pytest

import stopgap as host

SOURCES = host.TOP / "tests" / "boot" / "modules"
CROSS = os.environ.get("CROSS_COMPILE", "powerpc64-linux-gnu-")

# The module's name, and what is added to the kernel's own flags (-O2, medium model, power9).
FLAGS = {
    "opt0": "-O0", "opt1": "-O1", "opt2": "-O2", "opt3": "-O3", "opts": "-Os",
    "small": "-mcmodel=small", "large": "-mcmodel=large", "smallsize": "-mcmodel=small -Os",
    "largenone": "-mcmodel=large -O0", "minimal": "-mminimal-toc",
    "pic": "-fPIC", "piclarge": "-fPIC -mcmodel=large", "noplt": "-fno-plt", "nopltpic": "-fno-plt -fPIC",
    "nopltlarge": "-fno-plt -mcmodel=large", "longcall": "-mlongcall", "sections": "-ffunction-sections -fdata-sections",
    "notoc": "-mno-toc", "power8": "-mcpu=power8",
}
# These need a POWER10, all but the last its prefixed instructions.
PCREL_FLAGS = {
    "pcrel": "-mcpu=power10", "pcrels": "-mcpu=power10 -Os", "pcrelpic": "-mcpu=power10 -fPIC",
    "pcrelnoplt": "-mcpu=power10 -fno-plt", "unprefixed": "-mcpu=power10 -mno-prefixed -mno-pcrel",
}


def kbuild(names):
    """The Kbuild file of a folder with one module per name."""
    lines = []
    for name, flags in names.items():
        lines += [f"obj-m += {name}.o", f"{name}-objs := {name}_main.o {name}_other.o"]
        lines += [f"CFLAGS_{name}_main.o := {flags}", f"CFLAGS_{name}_other.o := {flags}"]
    # A file with a TOC and one without, which call each other.
    for name, main, other in (("mixed", "", "-mcpu=power10"), ("mixedback", "-mcpu=power10", "")):
        if "pcrel" in names:
            lines += [f"obj-m += {name}.o", f"{name}-objs := {name}_main.o {name}_other.o"]
            lines += [f"CFLAGS_{name}_main.o := {main}", f"CFLAGS_{name}_other.o := {other}"]
    return "\n".join(lines) + "\n"


def build(folder, flags):
    """Build everything.c once for each set of flags. Return: the modules."""
    folder.mkdir()
    shutil.copy(SOURCES / "everything.h", folder)
    (folder / "Kbuild").write_text(kbuild(flags))
    names = list(flags) + (["mixed", "mixedback"] if "pcrel" in flags else [])
    for name in names:
        shutil.copy(SOURCES / "everything.c", folder / f"{name}_main.c")
        shutil.copy(SOURCES / "other.c", folder / f"{name}_other.c")
    make = ["make", "-s", "-j2", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS)
    return [folder / f"{name}.ko" for name in names]


@pytest.fixture(scope="module")
def matrix(tmp_path_factory):
    """The modules for any CPU, and those for POWER10."""
    base = tmp_path_factory.mktemp("reloc")
    return build(base / "any", FLAGS), build(base / "pcrel", PCREL_FLAGS)


def load_all(stopgap, modules, cpu=()):
    """Load and unload each module; all must say that they are content."""
    commands = [f"insmod {ko.name}; rmmod {ko.stem}" for ko in modules]
    args = [arg for ko in modules for arg in ("--module", ko)]
    result = stopgap(["mem", *commands, "mem"], args=[*args, *cpu])
    assert result.status == 0
    for ko in modules:
        assert result.lines(f"{ko.stem}: all answers right$")
        assert result.lines(f"{ko.stem}: limit 2, again 106$")


def test_every_code_model_and_optimisation(stopgap, matrix):
    load_all(stopgap, matrix[0])


def test_prefixed_code_on_a_cpu_that_has_it(stopgap, matrix):
    load_all(stopgap, matrix[0] + matrix[1], cpu=["--", "-cpu", "power10"])


def test_prefixed_code_is_refused_by_name_elsewhere(stopgap, matrix):
    ko = matrix[1][0]
    result = stopgap(f"insmod {ko.name}", args=["--module", ko])
    assert result.status == 1
    assert result.lines(r"pcrel: R_PPC64_(GOT_)?PCREL34 to \S+: this CPU has no prefixed instructions$")
    assert "invalid module format (err -8)" in result.out
