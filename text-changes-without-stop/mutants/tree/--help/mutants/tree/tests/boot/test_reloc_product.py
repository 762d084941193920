# SPDX-License-Identifier: GPL-2.0
"""Every combination of the flags that change what relocations a compiler emits, compiled, linked and loaded.

CC_MODULES names the compilers, separated by blanks; without it they are those of Debian that are installed. Which
relocations came out of them is in docs/relocations.md.
"""

import hashlib
import itertools
import os
import re
import shlex
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import stopgap as host

SOURCES = host.TOP / "tests" / "boot" / "modules"
CROSS = os.environ.get("CROSS_COMPILE", "powerpc64-linux-gnu-")
DEBIAN = [f"{CROSS}gcc{version}" for version in ("-12", "-13", "-14")]
COMPILERS = os.environ.get("CC_MODULES", "").split() or list(filter(shutil.which, DEBIAN)) or [f"{CROSS}gcc"]

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os"]
AXES = [
    ["-mcmodel=small", "-mcmodel=medium", "-mcmodel=large"],
    ["", "-fPIC"],
    ["", "-fno-plt"],
    ["", "-ffunction-sections"],
    ["-mcpu=power8", "-mcpu=power9", "-mcpu=power10 -mno-prefixed -mno-pcrel", "-mcpu=power10"],
]


class Kbuild:
    """How modules are compiled and linked here, as seen from one that is: module p, of p_main.c and p_other.c."""

    def __init__(self, folder, compiler):
        folder.mkdir()
        self.folder = folder
        shutil.copy(SOURCES / "everything.h", folder)
        shutil.copy(SOURCES / "everything.c", folder / "p_main.c")
        shutil.copy(SOURCES / "other.c", folder / "p_other.c")
        (folder / "Kbuild").write_text("obj-m += p.o\np-objs := p_main.o p_other.o\n")
        make = ["make", "-C", host.TOP, "V=1", f"O={host.BUILD}", f"M={folder}", f"CC={compiler}", "modules"]
        said = subprocess.run(make, check=True, capture_output=True, text=True, timeout=host.BATCH_SECONDS).stdout
        self.compile = self.command(said, rf"^\S.* -c -o {folder}/p_main\.o .*")
        self.link = self.command(said, rf"^\S.* -o {folder}/p\.ko\.debug .*")

    @staticmethod
    def command(said, pattern):
        """The command that matches, without what only make needs of it."""
        words = shlex.split(re.search(pattern, said, re.MULTILINE)[0])
        return [word for word in words if word not in ("-MMD", "-MP")]

    def rename(self, command, names):
        """The command with other files in the folder."""
        return [str(names.get(word.removeprefix(f"{self.folder}/"), word)) for word in command]

    def make_object(self, path, flags):
        """Compile p_main.c with more flags. Return: what tells the object from others."""
        command = self.rename(self.compile, {"p_main.o": path})
        subprocess.run([*command, "-g0", "-w", *flags.split()], cwd=host.TOP, check=True, timeout=host.BATCH_SECONDS)
        return hashlib.sha256(path.read_bytes()).digest()

    def make_module(self, path, obj):
        """Link an object into a module, with p_other.o as the kernel's own flags make it."""
        command = self.rename(self.link, {"p_main.o": obj, "p.ko.debug": path})
        subprocess.run(command, cwd=host.TOP, check=True, timeout=host.BATCH_SECONDS)


def each(pool, do, items):
    """Do it for all items at once, as far as there are CPUs. Return: the results."""
    return list(pool.map(lambda item: do(*item), items))


def build_product(folder, compiler, level):
    """Build the modules. Return: {file: flags}, one for all flags that give the same object."""
    kbuild = Kbuild(folder, compiler)
    flags = [" ".join(filter(None, row)) for row in itertools.product([level], *AXES)]
    objects = [folder / f"{i:x}.o" for i in range(len(flags))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        digests = each(pool, kbuild.make_object, zip(objects, flags))
        distinct = {digest: (obj, row) for digest, obj, row in zip(digests, objects, flags)}
        modules = {obj.with_suffix(".ko"): row for obj, row in distinct.values()}
        each(pool, kbuild.make_module, [(ko, ko.with_suffix(".o")) for ko in modules])
    return modules


def relocations(modules):
    """The types of relocations in the modules."""
    command = [f"{CROSS}readelf", "-rW", *modules]
    return set(re.findall(r"\bR_PPC64_\w+", subprocess.run(command, check=True, capture_output=True, text=True).stdout))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("compiler", COMPILERS)
def test_every_combination_of_flags_loads(stopgap, tmp_path, compiler, level):
    modules = build_product(tmp_path / "product", compiler, level)
    print(len(modules), "different objects with", *sorted(relocations(modules)))
    args = [arg for ko in modules for arg in ("--module", ko)]
    result = stopgap([f"insmod {ko.name}; rmmod p" for ko in modules], args=[*args, "--", "-cpu", "power10"])
    said = re.split(r"^stopgap# insmod (\w+)\.ko$", result.out, flags=re.MULTILINE)
    verdicts = dict(zip(said[1::2], said[2::2]))
    bad = [row for ko, row in modules.items() if "p: all answers right" not in verdicts.get(ko.stem, "")
           or "p: limit 2, again 106" not in verdicts[ko.stem]]
    assert not bad
    assert result.status == 0


@pytest.mark.parametrize("compiler", COMPILERS)
def test_the_toc_cannot_be_switched_off(tmp_path, compiler):
    """-mno-toc is taken and does nothing: the combinations above are those with it, too."""
    kbuild = Kbuild(tmp_path / "notoc", compiler)
    for model in AXES[0]:
        flags = [model, f"{model} -mno-toc"]
        objects = [kbuild.make_object(tmp_path / "object.o", row) for row in flags]
        assert objects[0] == objects[1]
