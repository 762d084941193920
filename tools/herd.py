#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Have herd7 judge the litmus tests of the explore image: herd.py BUILD-FOLDER [FOLDER] ("make herd").

The programs are what the kernel itself prints ("race litmus --ppc"), so that it runs what herd7 judges. They and the
verdicts are left in FOLDER (tests/litmus), where "make check" compares the kernel with them; it needs no herd7 for
that. $HERD7 is the herd7 to run, if it is not in $PATH. Status 0 only if herd7 and the kernel's table agree.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "tests/litmus"
MODEL = "ppc.cat"
COMMAND = "race litmus --ppc"
SECONDS = 900   # for the boot, which may have to build first, and for herd7; both take about one

PROGRAM = re.compile(r"^PPC (\S+)\n.*?^(~?)exists .*?\n", re.M | re.S)
OBSERVATION = re.compile(r"^Observation (\S+) (Always|Sometimes|Never) (\d+) (\d+)$", re.M)

MISSING = f"""herd: there is no herd7 in $PATH, and no $HERD7. Debian 12 has no package of it, and its libraries are too old
for the newest; the version whose verdicts are in tests/litmus is built in about 5 minutes by
    apt-get install git ocaml-nox ocaml-findlib ocaml-dune menhir libmenhir-ocaml-dev libzarith-ocaml-dev
    git clone --depth 1 --branch 7.57 https://github.com/herd/herdtools7 && cd herdtools7
    sh version-gen.sh /usr/local && dune build --profile release herd/herd.exe
    HERDLIB=$PWD/herd/libdir HERD7=$PWD/_build/default/herd/herd.exe make -C {TOP} herd"""


class Failure(Exception):
    """Why there are no verdicts."""


def programs(console):
    """The litmus tests in what the kernel printed. Return: {name: text}."""
    return {match[1]: match[0] for match in PROGRAM.finditer(console)}


def claims_allowed(text):
    """What the kernel's table says of a test's outcome."""
    return PROGRAM.match(text)[2] == ""


def digest(text):
    """Of a test, so that a verdict is known to be about this very program."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def verdicts(folder=FOLDER):
    """The recorded verdicts. Return: {name: (whether it is allowed, digest)}."""
    lines = (folder / "verdicts.txt").read_text(encoding="ascii").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {row[0]: (row[1] == "allowed", row[-1]) for row in rows}


def find_herd7():
    """Return: the path of herd7."""
    path = shutil.which(os.environ.get("HERD7") or "herd7")
    if not path:
        raise Failure(MISSING)
    return path


def run(words, **env):
    """Run a command. Return: what it wrote to its standard output."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=SECONDS, env={**os.environ, **env}, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(f"herd: {error}") from error
    output = done.stdout.decode(errors="replace").replace("\r", "")
    if done.returncode:
        raise Failure(f"herd: {words[0]} ended with status {done.returncode}:\n{output[-2000:]}")
    return output


def ask_kernel(build):
    """Return: the programs of the explore image."""
    found = programs(run([str(TOP / "qemu-run.sh"), "--explore", "-c", COMMAND], O=str(build)))
    if not found:
        raise Failure(f"herd: the kernel printed no test for '{COMMAND}'")
    return found


def ask_herd7(herd7, paths):
    """Return: {name: (Always, Sometimes or Never, executions with the outcome, without)}."""
    output = run([herd7, "-model", MODEL, *map(str, paths)])
    seen = {match[1]: match.groups()[1:] for match in OBSERVATION.finditer(output)}
    silent = [path.stem for path in paths if path.stem not in seen]
    if silent:
        raise Failure(f"herd: herd7 says nothing of {' '.join(silent)}:\n{output[-2000:]}")
    return seen


def write_programs(texts, folder):
    """Make folder's litmus files these, and no others. Return: their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.litmus"):
        path.unlink()
    paths = [folder / f"{name}.litmus" for name in texts]
    for path, text in zip(paths, texts.values()):
        path.write_text(text, encoding="ascii")
    return paths


def write_verdicts(texts, seen, version, folder):
    """Write the table. Return: the names of which herd7 says something else than the kernel."""
    rows = [f'# herd7 {version}, -model {MODEL}; written by "make herd". Executions with the outcome, and without;\n'
            "# the beginning of the program's sha256.\n"]
    wrong = []
    for name, text in texts.items():
        what, hits, others = seen[name]
        if (what != "Never") != claims_allowed(text):
            wrong.append(name)
        verdict = "forbidden" if what == "Never" else "allowed"
        rows.append(f"{name:<19} {verdict:<9} {what:<9} {hits:>2} {others:>2}  {digest(text)}\n")
    (folder / "verdicts.txt").write_text("".join(rows), encoding="ascii")
    return wrong


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[0])
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    herd7 = find_herd7()
    version = run([herd7, "-version"]).split(",")[0].strip()
    texts = ask_kernel(Path(sys.argv[1]).resolve())
    seen = ask_herd7(herd7, write_programs(texts, folder))
    wrong = write_verdicts(texts, seen, version, folder)
    print((folder / "verdicts.txt").read_text(encoding="ascii"), end="")
    for name in wrong:
        print(f"herd: {name}: the kernel's table says the opposite")
    print(f"herd: {len(texts) - len(wrong)} of {len(texts)} verdicts are the kernel's")
    return int(bool(wrong))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(2)
