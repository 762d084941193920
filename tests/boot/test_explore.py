# SPDX-License-Identifier: GPL-2.0
"""The explore image: all logical CPUs on one vCPU, and the search for schedules that go wrong."""

import json
import re
import subprocess

import pytest

from stopgap import BUILD, batch, parse_ktap

NM = "powerpc64-linux-gnu-nm"
HOOK = re.compile(r"^(__tsan_\w+|hv_(access|relax|lock|unlock|mb|wmb|range|exploring)|dispatch_\w+|lcpu_\w+)$")


def symbols(vmlinux):
    """The names of everything in an image."""
    listing = subprocess.run([NM, vmlinux], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {line.split()[-1] for line in listing.splitlines()}


def explore(stopgap, command, *, cpus=2, timeout=120):
    """Run "race explore" in a fresh boot of the explore image."""
    return stopgap(f"race explore {command}", cpus=cpus, args=["--explore"], timeout=timeout)


def score(result):
    """The one line that tells how an exploration went."""
    lines = result.lines(r"^race: \w+ .*dispatch=")
    assert len(lines) == 1, "not one line of score"
    return lines[0]


def test_ordinary_image_has_no_hook():
    assert [name for name in symbols(BUILD / "vmlinux") if HOOK.match(name)] == []


def test_explore_image_has_hooks():
    """So that the test above would notice one."""
    assert len([name for name in symbols(BUILD / "explore/vmlinux") if HOOK.match(name)]) > 20


def test_ordinary_modules_have_no_hook():
    modules = sorted((BUILD / "modules").rglob("*.ko"))
    assert modules
    assert [module.name for module in modules if any(HOOK.match(name) for name in symbols(module))] == []


@pytest.mark.parametrize("cpus", [1, 2, 4, 8])
def test_boots_with_logical_cpus(stopgap, cpus):
    result = stopgap("cpus; insmod hello.ko; lsmod; rmmod hello", cpus=cpus, args=["--explore"])
    assert result.lines(rf"smp: {cpus} of {cpus} CPUs online")
    assert result.status == 0


@pytest.mark.parametrize("cpus", [2, 4])
def test_kunit(stopgap, cpus):
    """The in-kernel tests pass on logical CPUs that take turns, those of the explorer among them."""
    result = stopgap("kunit", cpus=cpus, args=["--explore"], timeout=300)
    suites, complaints = parse_ktap(result.out)
    assert complaints == []
    assert [suite.name for suite in suites if not suite.ok] == []
    assert "explore" in [suite.name for suite in suites]
    assert result.status == 0


@pytest.mark.parametrize("dispatch", ["random", "pct depth=2", "bounded c=1"])
def test_finds_the_race_in_the_kernels_own_code(stopgap, dispatch):
    result = explore(stopgap, f"kallsyms unlink=spinlock dispatch={dispatch} n=2000 seed=1 expect=hit")
    assert re.search(r": [1-9]\d* hits in \d+, first at \d+", score(result))
    assert result.lines(r"module_address_lookup|kallsyms_lookup|strscpy")
    assert result.status == 0


@pytest.mark.parametrize("cpus", [2, 4])
def test_first_hit_is_enough_and_gets_short(stopgap, cpus):
    """With CPUs that only help, too: what is drawn at random is drawn over the participants."""
    result = explore(stopgap, "kallsyms unlink=stop_machine_ipi dispatch=pct depth=2 n=2000 until=hit", cpus=cpus)
    first = re.search(r": 1 hits in (\d+), first at (\d+)", score(result))
    assert first and first[1] == first[2]
    assert int(re.search(r"shortened to (\d+) preemptions", result.out)[1]) <= 2
    assert result.status == 0


@pytest.mark.parametrize("search", [
    "kallsyms unlink=stop_machine preempt=full dispatch=rr n=60",
    "kallsyms unlink=stop_machine preempt=full dispatch=pos n=60",
    "symtab switch=torn readers=3 dispatch=pct n=60",
])
def test_hits_of_many_cpus_replay(stopgap, search):
    """Those that help answer at the same moments of a replay. Whatever lies behind what is read too far is no matter."""
    result = explore(stopgap, search + " expect=hit", cpus=4)
    assert result.lines("^shortened to") and result.lines("^replay: race replay 'RX1:")
    assert result.status == 0


def test_random_walks_get_short_with_many_cpus():
    """What is left of one after greedy deletion may be far from anything short."""
    done = batch([f"race explore kallsyms unlink=stop_machine preempt=full n=20 seed={seed} until=hit"
                  for seed in range(1, 9)], cpus=8, args=["--explore"])
    left = [int(n) for n in re.findall(r"^shortened to (\d+) preemptions", done.out, re.M)]
    assert len(left) >= 6 and max(left) < 6


def test_every_cpu_can_take_part():
    """Three readers walk three times as far as one, are hit, and replayed; where the kernel is right, they are not."""
    one, three = batch([f"race explore kallsyms unlink=rcu readers={readers} dispatch=pct n=100 expect=none"
                        for readers in (1, 3)], cpus=4, args=["--explore"]).lines("^explored ")
    steps = [int(re.search(r"(\d+) steps", line)[1]) for line in (one, three)]
    assert steps[1] > steps[0] + 100 * 2 * 20
    found = batch("race explore kallsyms unlink=spinlock readers=3 dispatch=pct n=50 expect=hit", cpus=4,
                  args=["--explore"])
    string = found.lines("^replay: ")[0].removeprefix("replay: ")
    assert ",readers=3:" in string
    assert batch(string, cpus=4, args=["--explore"]).status == 0


@pytest.mark.parametrize("dispatch", ["random", "pct depth=2"])
def test_finds_nothing_in_the_patched_code(stopgap, dispatch):
    result = explore(stopgap, f"kallsyms unlink=stop_machine dispatch={dispatch} n=1000 seed=1 expect=none")
    assert ": none in 1000" in score(result)
    assert result.status == 0


@pytest.mark.parametrize("unlink, cpus", [("stop_machine", 2), ("rcu", 2), ("stop_machine", 4), ("rcu", 8)])
def test_patched_code_is_exhausted_with_one_preemption(stopgap, unlink, cpus):
    """Whoever waits there has patience: the search does not follow complaints without end. Nor CPUs that only help."""
    result = explore(stopgap, f"kallsyms unlink={unlink} dispatch=bounded c=1 n=1000 expect=none", cpus=cpus)
    assert "exhausted c=1" in score(result)
    (schedules, steps), = re.findall(r"^explored (\d+) schedules, (\d+) steps", result.out, re.M)
    assert int(steps) > 100 * int(schedules)
    assert result.status == 0


def test_delayed_stores_are_exhausted_too(stopgap):
    """Which stores are late must not differ between runs of which one begins as the other."""
    result = explore(stopgap, "kallsyms unlink=rcu model=pso dispatch=bounded c=1 n=1000 expect=none")
    assert "exhausted c=1, k=" in score(result)
    assert result.status == 0


def test_expectation_that_is_not_met_fails(stopgap):
    result = explore(stopgap, "kallsyms unlink=stop_machine n=10 expect=hit")
    assert result.status == 1


def test_what_an_interrupted_search_has_found_is_told(shell):
    session = shell(args=["--explore"])
    session.send("race explore kallsyms unlink=spinlock n=100000000\r")
    session.wait_for("race explore", "the echo")
    session.send("\x03")
    output = session.wait_prompt("the prompt after ^C")
    assert re.search(r"^race: .* hits in \d+, .*, replay 'RX1:\S+'$", output, re.M)
    assert "[-4: Interrupted]" in output


@pytest.fixture(scope="module")
def matrix():
    """The rows of one policy, few schedules, as a table and as JSON."""
    result = batch(["race matrix kallsyms unlink=spinlock reader=irq n=10",
                    "race matrix --json kallsyms unlink=spinlock reader=irq n=10"], args=["--explore"])
    assert result.status == 0
    return result


CELL = r"(\d+/\d+ @\d+|none, exhausted c=\d+|none in \d+(?: of c=\d)?)"


def test_matrix_is_aligned(matrix):
    head, row = matrix.lines(r"^ .*/sc|^unlink=\S+ \S+  ")
    columns = [match.start() for match in re.finditer(r"(?<=  )\S[^/]*/(sc|tso|pso)", head)]
    assert len(columns) >= 2
    for column in columns:
        assert row[column - 1] == " "
        assert re.match(CELL, row[column:])


def test_lock_order_between_searches_is_kept_apart():
    """Each search ends with lockdep's memory of it thrown away; what other CPUs hold just then must not be mixed up."""
    result = batch("race matrix timer n=1", cpus=4, args=["--explore"])
    assert not result.lines("BUG: lockdep")
    assert result.status == 0


MATRIX_REFUSED = {
    "nothing": "nothing: no such scenario",
    "kallsyms unlink=gently": "unlink=gently: not one of ",
    "kallsyms reader=irq name=pointer": "matrix kallsyms: it has no such row",
    "additions": "matrix additions: it has no such row",
    "kallsyms expect=hit": "matrix: expect= is for one run",
    "kallsyms adversary=steal": "matrix: adversary= is for one run",
    "kallsyms readers=4": "readers=4: not one of 1|2|3",
    "kallsyms n=0": "n=0: ",
    "kallsyms depth=3": "depth=3: not understood",
}


def test_matrix_refuses_what_it_cannot_fill():
    """And fills what it can, with as many readers as there are CPUs for."""
    result = batch([f"race matrix {words}" for words in MATRIX_REFUSED] +
                   ["race matrix kallsyms unlink=spinlock reader=irq readers=3 n=5"], cpus=4, args=["--explore"])
    answers = re.split(r"^stopgap# ", result.out, flags=re.M)[1:]
    for complaint, answer in zip(MATRIX_REFUSED.values(), answers):
        assert f"\nrace: {complaint}" in answer and "/sc" not in answer
    assert ",readers=3:sc:4:" in answers[-1]


def test_matrix_tells_how_to_replay(matrix):
    """One string for each cell that failed, and it fails again."""
    row, = matrix.lines(r"^unlink=\S+ \S+  ")
    strings = matrix.lines("^race replay 'RX1:")
    assert len(strings) == len(re.findall(r"\d+/\d+ @\d+", row)) > 0
    assert batch(strings[:2], args=["--explore"]).status == 0


def test_matrix_of_kallsyms_if_no_scenario_is_named(shell):
    session = shell(args=("--explore", "--vof"))
    session.send("race matrix --json\r")
    session.wait_for('{"scenario": "kallsyms", ', "the head of the matrix")
    session.wait_for(r'"n": \d+, "hits": ', "the first cell")
    session.send("\x03")
    session.wait_prompt("the prompt after ^C")
    assert "no such scenario" in session.run("race matrix --json nope")


def test_matrix_as_json(matrix):
    text = matrix.out
    cells = json.loads(text[text.index("{"):text.rindex("]}") + 2])["cells"]
    assert {cell["reader"] for cell in cells} == {"irq"}
    assert "bounded c=1" in {cell["dispatch"] for cell in cells}
    for cell in cells:
        assert (cell["hits"] > 0) == (cell["first"] > 0) == ("replay" in cell)


def test_insmod_is_a_race_if_stores_overtake_one_another():
    """A plain list_add: found, and it fails again from its string; with barriers it is not."""
    found = batch("race matrix kallsyms op=link symbol=behind n=10", args=["--explore"])
    plain, stopped, rcu = found.lines("^op=link")[:3]
    assert re.search(r"unlink=spinlock .* 1/\d+ @\d+ *$", plain)
    assert "unlink=stop_machine" in stopped and "@" not in stopped
    assert "unlink=rcu" in rcu and "@" not in rcu
    string, = found.lines("^race replay 'RX1:")
    assert batch(string, args=["--explore"]).status == 0


def test_hit_is_told_as_a_story(stopgap):
    """The shortened schedule's, at once, and again when it is replayed."""
    found = explore(stopgap, "kallsyms unlink=spinlock n=50 expect=hit")
    replayed = stopgap(found.lines("^replay: ")[0].removeprefix("replay: "), args=["--explore"])
    assert replayed.status == 0
    for result in (found, replayed):
        assert result.lines(r"---- stolen ----")
        assert result.lines(r"free  hello, \d+ bytes  <==$")


def test_same_seed_same_schedules_in_every_boot(stopgap):
    """The score and the hash of all scheduling points do not depend on anything but the seed."""
    def run(seed):
        result = explore(stopgap, f"kallsyms unlink=spinlock dispatch=random n=200 seed={seed}")
        hashes = re.findall(r"\bhash ([0-9a-f]{16})\b", result.out)
        assert len(hashes) == 1
        return score(result), hashes[0]

    assert run(1) == run(1)
    assert run(1)[1] != run(2)[1]


REFUSED = {
    "kallsyms dispatch=nobody": "dispatch=nobody: not one of rr|random|pct|pos|bounded\n",
    "kallsyms dispatch=replay": "dispatch=replay: not one of rr|random|pct|pos|bounded\n",
    "kallsyms dispatch=pct depth=0": "depth=0: 1 to 16?",
    "kallsyms dispatch=pct depth=17": "depth=17: 1 to 16?",
    "kallsyms dispatch=pct k=0": "k=0: 1 to ",
    "kallsyms dispatch=random depth=2": "dispatch=random does not take depth=",
    "kallsyms dispatch=pos c=2": "dispatch=pos does not take c=",
    "kallsyms dispatch=bounded k=9": "dispatch=bounded does not take k=",
    "kallsyms adversary=steal": "adversary= is for race run: here the dispatch policy decides",
    "kallsyms rate=5": "rate= is for race run",
    "kallsyms model=alpha": "model=alpha: sc, tso or pso?",
    "kallsyms hb=2": "hb=2: 0 or 1?",
    "kallsyms until=tea": "until=tea: hit?",
    "kallsyms n=0": "n=0: ",
    "kallsyms expect=rain": "expect=rain: hit or none?",
    "kallsyms unlink=gently": "unlink=gently: not one of ",
    "kallsyms frequency=7": "frequency=7: not understood",
    "kallsyms readers=2": "readers=2: not one of 1",
    "planted readers=1": "readers=1: not understood",
    "kallsyms" + " n=5" * 30: "too many parameters",
    "nothing": "nothing: no such scenario",
}


def test_bad_parameters_are_refused(stopgap):
    """With a message and an errno each, and without a schedule; and the explorer goes on."""
    commands = [f"race explore {words}" for words in REFUSED]
    result = stopgap([*commands, "race explore kallsyms unlink=spinlock n=5"], args=["--explore"])
    assert result.status == 1
    answers = re.split(r"^stopgap# ", result.out, flags=re.M)[1:]
    for complaint, answer in zip(REFUSED.values(), answers):
        assert f"\nrace: {complaint}" in answer
        assert "explored" not in answer and re.search(r"^\[-\d+: ", answer, re.M), answer
    assert "explored 5 schedules" in answers[-1]
    assert result.lines("^  pct +random priorities") and result.lines(r"^  replay +.* \(race replay\)$")


@pytest.mark.parametrize("dispatch, named", [("rr", "rr"), ("random", "random"), ("pct", "pct depth=2"),
                                             ("pct depth=3", "pct depth=3"), ("pos", "pos"),
                                             ("bounded c=1", "bounded c=1")])
def test_every_policy_ends_with_its_score(stopgap, dispatch, named):
    """The last line says what it takes to have the first hit again, and that hits again."""
    found = explore(stopgap, f"kallsyms unlink=spinlock dispatch={dispatch} model=tso n=300 until=hit expect=hit")
    assert found.status == 0
    *_, last = [line for line in found.out.splitlines() if line.strip()]
    line = re.fullmatch(rf"race: kallsyms .* dispatch={named} model=tso: 1 hits in (\d+), first at \1, "
                        r"(?:exhausted c=0, )?k=\d+, seed=1, replay ('RX1:\S+')", last)
    assert line, last
    assert found.lines(rf"^replay: race replay {re.escape(line[2])}$")


def test_a_model_is_for_one_command(stopgap):
    """In-kernel tests after it explore without delayed stores, as before."""
    result = stopgap("race explore kallsyms unlink=spinlock model=pso hb=1 n=5; kunit rollback; "
                     "race matrix kallsyms op=link symbol=behind unlink=rcu n=1; race litmus test=SB; kunit rollback",
                     args=["--explore"])
    assert len(result.lines("^ok 1 rollback")) == 2
    assert result.status == 0


@pytest.mark.parametrize("cpus", ["9", "16"])
def test_too_many_logical_cpus_are_refused(qemu_run, cpus):
    result = qemu_run(["--explore", "-n", cpus, "-c", "cpus"])
    assert result.status == 2


def test_nobody_complains_of_waiting(stopgap):
    """Time is as long as the search wants it: that a CPU is stolen for 10 s is no news."""
    result = explore(stopgap, "timer unlink=stop_machine del=del_timer dispatch=bounded c=1 model=sc n=300")
    assert "has not answered" not in result.out
