# SPDX-License-Identifier: GPL-2.0
"""The memory models of the explore image show what they promise, no less and no more; and what POWER would show is
what herd7 said of these very programs (tools/herd.py, tests/litmus)."""

import importlib.util
import re
import subprocess
import sys

import pytest

import stopgap as host

HERD = host.TOP / "tools/herd.py"
DOCS = host.TOP / "docs/memory-models.md"
MODELS = ["sc", "tso", "pso"]

ROW = re.compile(r"^(\S+) +(\S+=.*?) +(sc|tso|pso) +(\d+) of 500 +(allowed|forbidden) *(POWER allows it)?$", re.M)
DOCS_ROW = re.compile(r"^\|([^|]+)\|[^|]*=[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$", re.M)

# A herd7 that says of each test what the kernel does, but for those in $LIES, and nothing of those in $SILENT.
FAKE_HERD7 = """#!/usr/bin/python3
import os, sys
if sys.argv[1] == "-version":
    sys.exit(print("0.1, Rev: fake"))
for path in sys.argv[3:]:
    name = os.path.basename(path)[:-len(".litmus")]
    allowed = "~exists" in open(path).read() if name in os.environ.get("LIES", "") else "~exists" not in open(path).read()
    if name != os.environ.get("SILENT"):
        print(f"Observation {name} Sometimes 1 3" if allowed else f"Observation {name} Never 0 3")
"""


@pytest.fixture(scope="module")
def herd():
    """tools/herd.py as a module."""
    spec = importlib.util.spec_from_file_location("herd", HERD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def console():
    """What the kernel has to say: its tests as programs, then each of them under each model."""
    done = host.batch("race litmus --ppc; race litmus", cpus=4, args=["--explore"])
    assert done.status == 0
    return done.out


@pytest.fixture(scope="module")
def rows(console):
    """{test: {model: (hits, allowed, whether POWER allows what this model does not)}}."""
    found = {}
    for name, _, model, hits, verdict, power in ROW.findall(console):
        found.setdefault(name, {})[model] = (int(hits), verdict == "allowed", bool(power))
    return found


def test_the_models_keep_their_word(console, rows):
    assert "WRONG" not in console
    assert {"SB", "MP", "MP+wmb", "LB", "IRIW"} <= set(rows)
    for name, row in rows.items():
        assert list(row) == MODELS, name
        assert all((hits > 0) == allowed for hits, allowed, _ in row.values()), name


def test_what_the_kernel_runs_is_what_herd7_has_judged(herd, console):
    recorded = {path.stem: path.read_text(encoding="ascii") for path in herd.FOLDER.glob("*.litmus")}
    assert herd.programs(console) == recorded, "after a change to the litmus tests: make herd"
    assert {name: herd.digest(text) for name, text in recorded.items()} == \
        {name: of for name, (_, of) in herd.verdicts().items()}, "a verdict is of another program: make herd"


def test_the_kernels_table_says_of_power_what_herd7_says(herd, console, rows):
    programs, verdicts = herd.programs(console), herd.verdicts()
    assert set(rows) == set(programs) == set(verdicts)
    for name, (allowed, _) in verdicts.items():
        assert herd.claims_allowed(programs[name]) == allowed, name
        assert all(weaker == (allowed and not shown) for _, shown, weaker in rows[name].values()), name


def test_the_documentation_has_the_same_table(herd, rows):
    verdicts, documented = herd.verdicts(), {}
    for names, *cells in DOCS_ROW.findall(DOCS.read_text(encoding="utf-8")):
        *models, power = [cell.strip() == "allowed" for cell in cells]
        documented |= {name.strip(): (models, power) for name in names.split(",")}
    assert documented == {name: ([shown for _, shown, _ in row.values()], verdicts[name][0])
                          for name, row in rows.items()}


REFUSED = {
    "model=alpha": "race litmus: model=alpha: sc, tso or pso?",
    "test=XY": "race litmus: test=XY: no such test",
    "n=0": "race litmus: n=0: nothing to try",
    "n=many": "race litmus: n=many: bad value",
    "depth=2": "race litmus: depth=2: not understood",
    "--ppc n=1": "race litmus: --ppc: not understood",
    "test=IRIW": "takes 4 CPUs, 2 online",
    "test=MP model=pso n=1": "allowed    NOT SEEN",
}


def test_bad_parameters_are_refused():
    commands = [f"race litmus {words}" for words in REFUSED]
    done = host.batch("; ".join([*commands, "race litmus test=SB model=tso"]), cpus=2, args=["--explore"])
    *answers, last = re.split(r"^stopgap# ", done.out, flags=re.M)[1:]
    assert len(answers) == len(REFUSED)
    for complaint, answer in zip(REFUSED.values(), answers):
        assert complaint in answer and re.search(r"^\[-\d+: ", answer, re.M), answer
    assert re.search(r"^SB .* allowed *$", last, re.M)


def run_herd(tmp_path, **env):
    """make herd, without make, and with a herd7 of our own. Return: (status, output, the folder it writes to)."""
    fake = tmp_path / "herd7"
    fake.write_text(FAKE_HERD7)
    fake.chmod(0o755)
    done = subprocess.run([sys.executable, "-B", HERD, host.BUILD, tmp_path / "out"], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, timeout=host.BATCH_SECONDS, check=False,
                          env=host.environment(**{"HERD7": str(fake), **env}))
    return done.returncode, done.stdout, tmp_path / "out"


def test_a_run_of_herd7_writes_down_programs_and_verdicts(herd, tmp_path):
    status, output, folder = run_herd(tmp_path)
    assert status == 0 and re.search(r"^herd: (\d+) of \1 verdicts", output, re.M)
    assert "# herd7 0.1, -model ppc.cat" in output
    assert herd.verdicts(folder) == herd.verdicts()
    assert (folder / "MP+wmb.litmus").read_text() == (herd.FOLDER / "MP+wmb.litmus").read_text()


def test_a_verdict_that_is_not_the_kernels_is_said(tmp_path):
    status, output, _ = run_herd(tmp_path, LIES="IRIW+mbs")
    assert status == 1
    assert "herd: IRIW+mbs: the kernel's table says the opposite\n" in output


def test_a_herd7_that_says_nothing_is_no_verdict(tmp_path):
    status, output, folder = run_herd(tmp_path, SILENT="LB")
    assert status == 2 and "herd7 says nothing of LB:" in output
    assert not (folder / "verdicts.txt").exists()


def test_without_herd7_the_way_to_get_it_is_said(tmp_path):
    status, output, folder = run_herd(tmp_path, HERD7=str(tmp_path / "none"))
    assert status == 2 and "git clone" in output and "Traceback" not in output
    assert not folder.exists()
