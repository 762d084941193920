#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""What a module needs of others: written into the module, as Linux's modpost does.

    modpost.py --objcopy OBJCOPY [--symvers FILE] [--extra FILE]... DIR...

Every .ko under each DIR gets "depends=a,b" in its .modinfo: the modules that export what it leaves undefined. Who
exports what is taken from these files themselves, and from the tables given with --extra; --symvers writes such a
table, in the format of Linux's Module.symvers, without CRCs and namespaces. A file that says the right thing already
is left alone.
"""

import argparse
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from elf import SHN_UNDEF, Elf

EXPORT = "__ksymtab_"
DEPENDS = b"depends="


class Module:
    """A .ko file: what it exports, what it needs, and its .modinfo."""

    def __init__(self, path):
        self.path = path
        self.name = path.stem.replace("-", "_")
        elf = Elf(path)
        self.modinfo = elf.contents(".modinfo")
        self.exports, self.needs = {}, []
        for name, section, _ in elf.symbols:
            if section == SHN_UNDEF and name:
                self.needs.append(name)
            elif name.startswith(EXPORT):
                gpl = "_GPL" if elf.section_name(section).endswith("_gpl") else ""
                self.exports[name[len(EXPORT):]] = "EXPORT_SYMBOL" + gpl

    def set_depends(self, modules, objcopy):
        """Write the names of the modules it depends on into it."""
        strings = [s for s in self.modinfo.split(b"\0") if s and not s.startswith(DEPENDS)]
        strings.append(DEPENDS + ",".join(modules).encode())
        wanted = b"".join(s + b"\0" for s in strings)
        if sorted(strings) == sorted(s for s in self.modinfo.split(b"\0") if s):
            return
        with tempfile.NamedTemporaryFile() as file:
            file.write(wanted)
            file.flush()
            subprocess.run([objcopy, "--update-section", f".modinfo={file.name}", self.path], check=True)


def read_symvers(path):
    """Symbol -> module, from a table; the kernel's own are left out."""
    rows = [line.split("\t") for line in path.read_text().splitlines()] if path.exists() else []
    return {row[1]: Path(row[2]).name for row in rows if row[2] != "vmlinux"}


def write_symvers(path, modules):
    """Write the table of what these modules export, if it has changed."""
    rows = sorted(f"0x00000000\t{symbol}\t{module.name}\t{kind}\t\n"
                  for module in modules for symbol, kind in module.exports.items())
    if not path.exists() or path.read_text() != "".join(rows):
        path.write_text("".join(rows))


def main():
    """Return: the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--objcopy", required=True)
    parser.add_argument("--symvers", type=Path)
    parser.add_argument("--extra", type=Path, action="append", default=[])
    parser.add_argument("dirs", type=Path, nargs="+")
    args = parser.parse_args()

    exporter = {}
    for path in args.extra:
        exporter.update(read_symvers(path))
    modules = []
    for path in sorted(path for folder in args.dirs for path in folder.rglob("*.ko")):
        try:
            modules.append(Module(path))
        except (ValueError, IndexError, struct.error) as err:
            sys.exit(f"modpost: {path}: {err}")
    for module in modules:
        exporter.update(dict.fromkeys(module.exports, module.name))
    for module in modules:
        needed = [exporter[symbol] for symbol in module.needs if exporter.get(symbol, module.name) != module.name]
        module.set_depends(list(dict.fromkeys(needed)), args.objcopy)
    if args.symvers:
        write_symvers(args.symvers, modules)
    return 0


if __name__ == "__main__":
    sys.exit(main())
