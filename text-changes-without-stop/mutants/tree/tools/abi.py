#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The exported interface, as it was last reviewed: abi.py write|check BUILD [ABI] ("make abi", "make abi-check").

What modules may rely on is kept in the tree, in the folder ABI, which is abi/, so that it cannot change unseen:

    exports.txt     one line per exported symbol: owner, name, class, namespace
    OWNER.abi       its types, for each owner (vmlinux, or a module): libabigail's XML without what does not matter,
                    sorted, so that a change of one type is a change of few lines

"check" compares both with what is in BUILD and says what was added, removed or changed; abidiff tells about the
types, for the symbols that are on either side. Status 0: nothing, 1: something, 2: it could not be found out.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from elf_exports import read_exports

ABIDW = ["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--no-parameter-names",
         "--no-write-default-sizes", "--type-id-style", "hash"]
# What libabigail assumes anyway.
DEFAULTS = {"visibility": ("default", "default-visibility"), "binding": ("global",), "access": ("public",)}


def fail(message):
    """Give up."""
    print(f"abi: {message}", file=sys.stderr)
    sys.exit(2)


def run(*command, good=(0,)):
    """Run one of libabigail's tools. Return: what it printed."""
    try:
        result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                check=False)
    except FileNotFoundError:
        fail(f"{command[0]} is missing: install abigail-tools")
    if result.returncode not in good:
        fail(f"{' '.join(map(str, command))}: status {result.returncode}\n{result.stderr}")
    return result.stdout


def whitelist(names, folder):
    """Write a list of symbols in libabigail's format. Return: its path."""
    path = Path(folder) / "symbols"
    path.write_text("".join(f"{line}\n" for line in ["[abi_whitelist]", *sorted(names)]), encoding="ascii")
    return path


def objects(build):
    """The files with debug information, by owner."""
    found = {"vmlinux": build / "vmlinux"}
    for path in sorted((build / "modules").glob("**/*.ko.debug")):
        found[path.name.removesuffix(".ko.debug").replace("-", "_")] = path
    if not found["vmlinux"].exists():
        fail(f"{found['vmlinux']} is missing: run make")
    return found


# ---------------------------------------------------------------------------------------------- types

def declarations(elements, symbols):
    """The declaration of each symbol. Where abidw has met one before the definition, it leaves out what it is of."""
    found = {}
    for element in elements:
        name = element.get("name")
        if name in symbols and (name not in found or element.get("elf-symbol-id")):
            found[name] = element
    for name, element in found.items():
        element.set("mangled-name", name)
        element.set("elf-symbol-id", name)
    return found


def essence(root):
    """Reduce a description to what matters, in an order of its own: abidw's follows that of the source files."""
    types, others = {}, []
    for unit in root.findall("abi-instr"):
        root.remove(unit)
        for element in unit:
            if element.tag in ("function-decl", "var-decl"):
                others.append(element)
            else:
                types.setdefault((element.tag, element.get("name", ""), element.get("id", "")), element)
    decls = declarations(others, {symbol.get("name") for symbol in root.iter("elf-symbol")})
    merged = ET.SubElement(root, "abi-instr", {"address-size": "64", "path": "exports", "language": "LANG_C11"})
    merged.extend(types[key] for key in sorted(types))
    merged.extend(decls[key] for key in sorted(decls))
    for element in root.iter():
        for attribute, values in DEFAULTS.items():
            if element.get(attribute) in values:
                del element.attrib[attribute]
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def describe(path, exports):
    """The types of a file's exports."""
    with tempfile.TemporaryDirectory() as folder:
        symbols = whitelist((e.name for e in exports), folder)
        return essence(ET.fromstring(run(*ABIDW, "--kmi-whitelist", symbols, path)))


def type_changes(owner, old, new, common):
    """What abidiff says about the types of the symbols that are in both descriptions; empty if nothing."""
    if old == new or not common:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "reviewed.abi", Path(folder) / f"{owner}.abi"]
        for path, text in zip(paths, (old, new)):
            path.write_text(text, encoding="utf-8")
        # Bits: 4 = there is a change, 8 = an incompatible one.
        return run("abidiff", "--leaf-changes-only", "--no-corpus-path", "--kmi-whitelist", whitelist(common, folder),
                   *paths, good=(0, 4, 12)).strip()


# ---------------------------------------------------------------------------------------------- names

def reviewed_exports(abi):
    """exports.txt: {(owner, name): (class, namespace)}."""
    path = abi / "exports.txt"
    if not path.exists():
        fail(f"{path} is missing: run make abi")
    rows = (line.split("\t") for line in path.read_text(encoding="ascii").splitlines() if not line.startswith("#"))
    return {(owner, name): (kind, namespace) for owner, name, kind, namespace in rows}


def name_changes(old, new):
    """Lines that tell how two interfaces differ in names, classes and namespaces."""
    for owner, name in sorted(old.keys() | new.keys()):
        before, after = (" ".join(side.get((owner, name), ())).removesuffix(" -") for side in (old, new))
        if before == after:
            continue
        if not before:
            yield f"added    {name} ({owner}): {after}"
        elif not after:
            yield f"removed  {name} ({owner}): {before}"
        else:
            yield f"changed  {name} ({owner}): {before} -> {after}"


# ---------------------------------------------------------------------------------------------- commands

def write(abi, files, exports):
    """Make what is in the build what has been reviewed."""
    abi.mkdir(exist_ok=True)
    lines = ["# What modules may use: owner, name, class, namespace. Written by make abi, compared by make abi-check."]
    lines += [e.line() for owner in exports for e in exports[owner]]
    (abi / "exports.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    for path in abi.glob("*.abi"):
        path.unlink()
    for owner in exports:
        (abi / f"{owner}.abi").write_text(describe(files[owner], exports[owner]), encoding="utf-8")
    print(f"abi: {sum(map(len, exports.values()))} exports of {len(exports)} owners written to {abi}/")
    return 0


def check(abi, files, exports):
    """Compare what is in the build with what has been reviewed."""
    old = reviewed_exports(abi)
    new = {(e.owner, e.name): (e.kind(), e.namespace or "-") for owner in exports for e in exports[owner]}
    findings = list(name_changes(old, new))
    for owner in exports:
        path = abi / f"{owner}.abi"
        common = {name for other, name in old.keys() & new.keys() if other == owner}
        reviewed = path.read_text(encoding="utf-8") if path.exists() else ""
        changes = reviewed and type_changes(owner, reviewed, describe(files[owner], exports[owner]), common)
        if changes:
            findings.append(f"types of {owner}:\n{changes}")
    for finding in findings:
        print(finding)
    if findings:
        print("abi-check: the exported interface is not what was reviewed: run make abi and review the diff")
    else:
        print(f"abi-check: {len(new)} exports of {len(exports)} owners are as reviewed")
    return int(bool(findings))


def main():
    commands = {"write": write, "check": check}
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in commands:
        fail("usage: abi.py write|check BUILD [ABI]")
    files = objects(Path(sys.argv[2]).resolve())
    exports = {owner: read_exports(path, owner) for owner, path in files.items()}
    exports = {owner: found for owner, found in exports.items() if found}
    return commands[sys.argv[1]](Path(sys.argv[3] if len(sys.argv) > 3 else "abi"), files, exports)


if __name__ == "__main__":
    sys.exit(main())
