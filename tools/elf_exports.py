# SPDX-License-Identifier: GPL-2.0
"""Read what a kernel or a module exports from its ELF file: names, classes and namespaces.

Each export is a struct kernel_symbol { value, name, namespace } called __ksymtab_<name>. In the linked kernel its
pointers are there to be read; in a module, which is relocatable, they are relocations. Big-endian 64-bit files only.
"""

import struct
from bisect import bisect_right
from dataclasses import dataclass

SHT_SYMTAB, SHT_RELA, SHT_NOBITS = 2, 4, 8
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


@dataclass
class Section:
    name: str
    kind: int
    addr: int
    offset: int
    size: int
    link: int
    info: int


class Elf:
    """An ELF file in memory, with its sections and symbols."""

    def __init__(self, path):
        self.data = path.read_bytes()
        if self.data[:6] != b"\x7fELF\x02\x02":
            raise ValueError(f"{path}: not a big-endian 64-bit ELF file")
        self.relocatable = self.unpack(">H", 16) == (1,)
        shoff, = self.unpack(">Q", 40)
        count, names = self.unpack(">HH", 60)
        headers = [self.unpack(">IIQQQQIIQQ", shoff + 64 * i) for i in range(count)]
        strings = headers[names][4]
        self.sections = [Section(self.string(strings + h[0]), h[1], *h[3:8]) for h in headers]
        self.symbols = list(self.read_symbols())

    def unpack(self, form, offset):
        return struct.unpack_from(form, self.data, offset)

    def string(self, offset):
        return self.data[offset:self.data.index(b"\0", offset)].decode("ascii", "replace")

    def read_symbols(self):
        """Yield (name, section index, value) of every symbol."""
        table = next(s for s in self.sections if s.kind == SHT_SYMTAB)
        strings = self.sections[table.link].offset
        for offset in range(table.offset, table.offset + table.size, 24):
            name, _, _, index, value, _ = self.unpack(">IBBHQQ", offset)
            yield self.string(strings + name), index, value

    def at(self, addr):
        """The place in a linked file of what will be at an address."""
        for s in self.sections:
            if s.addr and s.kind != SHT_NOBITS and s.addr <= addr < s.addr + s.size:
                return s.offset + addr - s.addr
        raise ValueError(f"nothing is at {addr:#x}")

    def relocations(self, index):
        """Relocations of a section: {offset: place in the file of what is pointed at}."""
        found = {}
        for s in self.sections:
            if s.kind != SHT_RELA or s.info != index:
                continue
            for entry in range(s.offset, s.offset + s.size, 24):
                offset, info, addend = self.unpack(">QQq", entry)
                _, target, value = self.symbols[info >> 32]
                if target < len(self.sections):
                    found[offset] = self.sections[target].offset + value + addend
        return found


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
