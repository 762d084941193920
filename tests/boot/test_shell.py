# SPDX-License-Identifier: GPL-2.0
"""The shell as a person at the serial console meets it, and as -c does."""

import random
import re
import string

import pytest

LEFT, RIGHT, UP, DOWN = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
HOME, END, DELETE = "\x1b[H", "\x1b[F", "\x1b[3~"
BACKSPACE, TAB = "\x7f", "\t"

COMMANDS = """help echo history clear true false sleep time repeat uptime ls cat hexdump poweroff reboot panic dmesg
    params set ps cpus mem ksym kallsyms bt insmod rmmod lsmod modinfo kunit race hv""".split()


def ctrl(letter):
    """What a terminal sends for Ctrl and a letter. QEMU's own escape character, ^A, has to be typed twice."""
    char = chr(ord(letter) & 0x1F)
    return char * 2 if letter == "A" else char


def lines(text):
    """The lines of a session's output, without the carriage returns that two terminal drivers have put in."""
    return text.replace("\r", "").splitlines()


@pytest.fixture
def sh(shell):
    return shell()


@pytest.fixture
def notes(tmp_path):
    """A text file for the ramdisk."""
    path = tmp_path / "notes.txt"
    path.write_bytes(b"first line\nsecond\tline\n\x1b[2J\n")
    return path


def test_help_lists_every_command_in_order(sh):
    names = re.findall(r"^([a-z]\w*) ", sh.run("help").partition("\n\n")[0], re.M)
    assert names == sorted(names)
    assert set(COMMANDS) <= set(names)
    assert "run a command N times" in sh.run("help repeat")
    assert "no such command" in sh.run("help nonsense")


EDITS = [
    ("echo abd" + LEFT + "c", "abcd"),
    ("cho a" + HOME + "e" + END + "b", "ab"),
    ("cho a" + ctrl("A") + "e" + ctrl("E") + "b", "ab"),
    ("echo abxc" + LEFT + BACKSPACE, "abc"),
    ("echo abxc" + LEFT * 2 + DELETE, "abc"),
    ("echo abxc" + ctrl("B") * 2 + ctrl("D"), "abc"),
    ("echo ab" + LEFT * 2 + RIGHT + "x", "axb"),
    ("echo ab" + LEFT * 2 + ctrl("F") + "x", "axb"),
    ("echo abc def" + ctrl("W") + "ghi", "abc ghi"),
    ("echo abc" + LEFT * 2 + ctrl("K"), "a"),
    ("nonsense" + ctrl("U") + "echo kept", "kept"),
    ("echo ab" + LEFT + ctrl("L") + "x", "axb"),
    ("echo ab\x1b[99~\x1b[[A\x00c", "abc"),
]


def test_editing(sh):
    for keys, line in EDITS:
        assert lines(sh.run(keys)) == [line], f"after the keys {keys!r}"


def test_ctrl_c_drops_the_line(sh):
    sh.send("nonsense" + ctrl("C"))
    assert "nonsense^C" in sh.wait_prompt("the prompt after ^C")
    assert lines(sh.run("echo alive")) == ["alive"]


def test_history(sh):
    for word in ("one", "two", "two", "three"):
        sh.run(f"echo {word}")
    assert lines(sh.run(UP)) == ["three"]
    assert lines(sh.run(UP * 2)) == ["two"]
    assert lines(sh.run(UP * 4)) == ["one"]
    assert lines(sh.run("echo kept" + ctrl("P") * 2 + DOWN + ctrl("N"))) == ["kept"]
    listed = [line.split(None, 1)[1] for line in lines(sh.run("history"))]
    assert listed == [f"echo {word}" for word in ("one", "two", "three", "two", "one", "kept")] + ["history"]


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
def test_each_newline_ends_one_line(sh, newline):
    sh.send(newline.join(["echo one", "echo two", "echo last", ""]))
    for word in ("one", "two", "last"):
        assert lines(sh.wait_prompt(f"the prompt after '{word}'"))[1:] == [word]
    assert lines(sh.run("echo end")) == ["end"]


def test_tab_completes_commands_files_and_modules(shell, notes):
    sh = shell(args=["--vof", "--module", str(notes)])
    assert sh.run("upt" + TAB).startswith("up ")
    assert sh.run("cat notes" + TAB).startswith("first line")
    assert lines(sh.run("echo x; tru" + TAB)) == ["x"]
    sh.run("insmod hello.k" + TAB)
    assert "hello" in sh.run("lsmod")
    sh.run("rmmod hel" + TAB)
    assert "hello" not in lines(sh.run("lsmod"))[-1]


def test_second_tab_lists(sh):
    sh.send("he" + TAB + TAB)
    assert re.search(r"help +hexdump", sh.wait_prompt("the prompt after a list"))
    assert "usage: hexdump" in sh.run("x" + TAB)


def test_failures_are_explained_and_survived(sh):
    output = sh.run("frobnicate")
    assert lines(output) == ["frobnicate: command not found", "[-2: No such file or directory]"]
    assert "[-1: Operation not permitted]" in sh.run("false")
    assert lines(sh.run('echo "x')) == ['sh: unbalanced "', "[-22: Invalid argument]"]
    assert lines(sh.run("false; echo next"))[-1] == "next"


def test_quoting(sh):
    assert lines(sh.run(r"""echo "a  b" 'c;"d' e\ \ f\;  "g\"h" # not this""")) == ['a  b c;"d e  f; g"h']


def test_a_paste_loses_nothing(sh):
    """1000 bytes at once, as one line and as many."""
    text = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=1000 - len("echo \r")))
    assert lines(sh.run(f"echo {text}")) == [text]
    commands = [f"echo line{n:04d}" for n in range(70)]
    sh.send("\r".join(commands) + "\r")
    for command in commands:
        assert lines(sh.wait_prompt(f"the prompt after '{command}'"))[-1] == command.split()[1]


def test_ctrl_c_interrupts_a_command(sh):
    sh.send("sleep 3600; echo never\r")
    sh.wait_for("never", "the echo of the line")
    sh.send(ctrl("C"))
    output = sh.wait_prompt("the prompt after ^C")
    assert "[-4: Interrupted]" in output
    assert "never" not in output
    assert lines(sh.run("echo alive")) == ["alive"]


def test_typing_ahead_is_kept(sh):
    sh.send("sleep 0.2\recho typed ahead\r")
    sh.wait_prompt("the prompt after sleep")
    assert lines(sh.wait_prompt("the prompt after echo"))[-1] == "typed ahead"


@pytest.mark.parametrize("command", ["repeat 4000000000 true", "race run kallsyms n=1000000"])
def test_a_command_in_the_background_leaves_the_keyboard_alone(sh, command):
    sh.run(f"{command} &")
    for n in range(20):
        assert lines(sh.run(f"echo line {n}")) == [f"line {n}"]
    sh.send("echo never" + ctrl("C"))
    sh.wait_prompt("the prompt after ^C")
    assert lines(sh.run("jobs")) == [f"[1] runs  {command}"]
    sh.send("wait 1\r")
    sh.wait_for("wait 1", "the echo of the line")
    sh.send(ctrl("C"))
    assert f"[1] {command.split()[0]}: Interrupted (err -4)" in sh.wait_prompt("the prompt after ^C")


def test_what_has_ended_in_the_background_holds_no_stack(sh):
    def areas():
        return int(re.search(r"^vmap areas: (\d+)", sh.run("mem"), re.M)[1])

    before = areas()
    sh.run("true & false & " * 20)
    turns = 0
    while areas() > before and turns < 100:
        turns += 1
    assert areas() == before
    assert sh.run("jobs").count(" done ") == 40
    assert sh.run("wait").count("Operation not permitted") == 20 + 1


@pytest.mark.parametrize("cmd, result", [("race run kallsyms n=20", "^race: kallsyms .*: none in 20, "),
                                         ("callstress secs=1", "^callstress: .* 0 still in use, ")])
def test_some_commands_are_alone(stopgap, cmd, result):
    both = stopgap(f"{cmd} & {cmd}; wait; true")
    assert len(both.lines(result)) == 1
    assert len(both.lines(rf"^{cmd.split()[0]}: has to be alone, and sh/{cmd.split()[0]} is running$")) == 1


def test_an_oops_does_not_leave_the_log_quiet(stopgap):
    result = stopgap("modsoak oops.ko; params loglevel; race run kallsyms n=1; insmod oops.ko")
    assert result.lines("^loglevel = 7$")
    assert result.lines("^race: kallsyms .*: none in 1, ")


def test_an_oops_costs_only_the_command(sh):
    output = sh.run("fault null")
    assert "killed by an oops" in output
    assert lines(sh.run("echo alive")) == ["alive"]


def test_batch_status_and_echo(stopgap):
    result = stopgap("echo 'a  b'; true; repeat 2 echo again; time true")
    assert result.status == 0
    assert result.lines(r"^stopgap# echo 'a  b'$")
    assert result.lines("^a  b$")
    assert len(result.lines("^again$")) == 2
    assert result.lines(r"^time: \d+\.\d{3} ms$")


@pytest.mark.parametrize("cmds", ["false", "frobnicate", "true; false; true", "echo 'x", "repeat 2 false", "time false",
                                  "cat nothing", "ls nothing*", "set nonsense=1", "help nonsense", "sleep x"])
def test_batch_fails_if_a_command_does(stopgap, cmds):
    assert stopgap(cmds).status == 1


# Each with what is said about it, and the errno.
WRONG = [
    ("uptime now", "usage: uptime", -22),
    ("lsmod x", "usage: lsmod", -22),
    ("poweroff now", "usage: poweroff", -22),
    ("preempt none full", "usage: preempt [none|full]", -22),
    ("era 2000 2003", "usage: era [2000|2003]", -22),
    ("params a b", "usage: params [PATTERN]", -22),
    ("time ps x", "usage: ps", -22),
    ("bench nonsense", "bench: nonsense: no such benchmark", -2),
    ("kallsyms a b", "kallsyms: b: one pattern, please", -22),
    ("kprobe list x", "kprobe: x: not understood", -22),
    ("hv status x", "hv: x: not understood", -22),
    ("hv reset x", "hv: x: not understood", -22),
    ("race list x", "race: x: not understood", -22),
    ("race explore kallsyms", "race: list, run, matrix? The others take qemu-run.sh --explore", -22),
    ("race run kallsyms n=0 expect=none", "race: n=0: nothing would be tried", -22),
    ("race run kallsyms n=1 expect=hit", "race: expected hit", -71),
    ("fault nonsense", "fault: nonsense: not one of:", -22),
    ("mknod /dev/ c 1 1", "usage: mknod /dev/NAME c MAJOR MINOR", -22),
    ("mknod /dev/a/b c 1 1", "usage: mknod /dev/NAME c MAJOR MINOR", -22),
    ("echo lost > nowhere", "echo: nowhere: No such file or directory", -2),
    ("echo lost >/nowhere", "echo: /nowhere: No such file or directory", -2),
]


def test_wrong_words_are_refused(stopgap):
    """Each gets a message, its errno in words, and changes nothing; the next one runs."""
    result = stopgap([command for command, _, _ in WRONG] + ["preempt"])
    answers = dict(re.findall(r"^stopgap# (.*)\n((?:(?!stopgap# ).*\n)*)", result.out, re.M))
    for command, message, number in WRONG:
        said = answers[command].splitlines()
        assert message in said, f"{command}: {said}"
        assert re.fullmatch(rf"\[{number}: [A-Z][a-z ]+\]", said[-1]), f"{command}: {said}"
    assert answers["preempt"].splitlines()[0] == "none"
    assert result.status == 1


def test_batch_goes_on_after_a_failure(stopgap):
    result = stopgap("false; echo still here")
    assert result.status == 1
    assert result.lines("^still here$")


def test_poweroff_is_status_0(stopgap):
    result = stopgap("poweroff; echo never")
    assert result.status == 0
    assert not result.lines("^never$")


def test_files(stopgap, notes):
    result = stopgap("ls; ls notes*; cat notes.txt; cat ./notes.txt; hexdump notes.txt; hexdump notes.txt 6 4",
                     args=["--module", notes])
    assert result.status == 0
    assert len(result.lines(r"^ +28  notes\.txt$")) == 2
    assert len(result.lines("^first line$")) == 2
    assert len(result.lines(r"^\.\[2J$")) == 2
    assert result.lines(r"^00000000  66 69 72 73 74 20 6c 69  6e 65 0a 73 65 63 6f 6e  \|first line\.secon\|$")
    assert result.lines(r"^00000006  6c 69 6e 65 {37}  \|line\|$")


def test_a_corrupt_ramdisk_keeps_what_was_read(stopgap, tmp_path, notes):
    """A second archive that starts well is laid over the first through QEMU's own -initrd."""
    good = notes.read_bytes()
    header = "070701" + "%08x" * 13
    name = b"notes.txt\0"
    entry = (header % (1, 0o100644, 0, 0, 1, 0, len(good), 0, 0, 0, 0, len(name), 0)).encode() + name
    archive = tmp_path / "bad.cpio"
    archive.write_bytes(entry + good + b"not a header" * 20)
    result = stopgap("cat notes.txt; dmesg", args=["--", "-initrd", archive])
    assert result.status == 0
    assert result.lines("^first line$")
    assert result.lines(r"ramdisk: corrupt archive at byte 148: bad magic; 1 files read")


def test_parameters_are_shown_and_set(stopgap):
    result = stopgap("params loglevel; set loglevel=5; params log*; params")
    assert result.status == 0
    assert result.lines("^loglevel = ")[1:] == ["loglevel = 5"] * 2
    assert result.lines(r"^preempt = none  \(read-only\)$")


@pytest.mark.parametrize("cmd, message", [
    ("set nonsense=1", "no such parameter"),
    ("set preempt=full", "may only be set on the boot command line"),
    ("set loglevel", "needs a value"),
    ("set loglevel=x", "cannot be set to 'x'"),
])
def test_bad_parameters_are_refused(stopgap, cmd, message):
    result = stopgap(cmd)
    assert result.status == 1
    assert result.lines(message)
