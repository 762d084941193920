# SPDX-License-Identifier: GPL-2.0
"""Read what a kernel or a module exports from its ELF file: names, classes and namespaces.

Each export is a struct kernel_symbol { value, name, namespace } called __ksymtab_<name>. In the linked kernel its
pointers are there to be read; in a module, which is relocatable, they are relocations. Big-endian 64-bit files only.
"""

from bisect import bisect_right
from dataclasses import dataclass

from elf import Elf

NAMESPACE_OFFSET = 16   # in struct kernel_symbol
PREFIX = "__ksymtab_"


@dataclass(frozen=True, order=True)
class Export:
    """One line of the interface."""

    owner: str
    name: str
    gpl: bool
    namespace: str

    def line(self):
        """As it stands in abi/exports.txt."""
        return f"{self.owner}\t{self.name}\t{self.kind()}\t{self.namespace or '-'}"

    def kind(self):
        """The macro that made it."""
        return "EXPORT_SYMBOL_GPL" if self.gpl else "EXPORT_SYMBOL"


def linked_exports(elf, owner):
    """Exports of the kernel: which table an export is in tells its address."""
    bounds = sorted((value, name) for name, _, value in elf.symbols if name.startswith("__start_"))
    starts = [value for value, _ in bounds]
    for name, _, value in elf.symbols:
        if not name.startswith(PREFIX):
            continue
        table = bounds[bisect_right(starts, value) - 1][1]
        namespace, = elf.unpack(">Q", elf.at(value) + NAMESPACE_OFFSET)
        yield Export(owner, name.removeprefix(PREFIX), table == "__start___ksymtab_gpl",
                     elf.string(elf.at(namespace)) if namespace else "")


def module_exports(elf, owner):
    """Exports of a module: each table is a section."""
    for name, index, value in elf.symbols:
        if not name.startswith(PREFIX):
            continue
        namespace = elf.relocations(index).get(value + NAMESPACE_OFFSET)
        yield Export(owner, name.removeprefix(PREFIX), elf.sections[index].name == "__ksymtab_gpl",
                     elf.string(namespace) if namespace else "")


def read_exports(path, owner):
    """All exports of the file, sorted."""
    elf = Elf(path)
    return sorted((module_exports if elf.relocatable else linked_exports)(elf, owner))
