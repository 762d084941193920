# SPDX-License-Identifier: GPL-2.0
"""Modules that are called by name: what keeps them loaded, and what does not."""

import re

import pytest

SECONDS = 120

SCORE = re.compile(r"^race: (?P<scenario>unload|socket) (?P<axes>\S+=\S+(?: \S+=\S+)*?) "
                   r"(?:adversary|dispatch)=\w+(?: depth=\d+| c=\d+)? model=\w+: "
                   r"(?:(?P<hits>\d+) hits in \d+, first at (?P<first>\d+)|none in (?P<none>\d+)"
                   r"(?:, exhausted c=(?P<exhausted>\d+))?)", re.MULTILINE)

# Axes, and what the first hit says.
WRONG = [
    ("unload module=foo_wrong", r"trap 400 at .*, address \S+ \(freed: foo_wrong\)"),
    ("unload module=foo_wrong lock=none", r"(?:trap [34]00 at .*\(freed: foo_wrong\)|use after free: )"),
    ("unload module=foo_right lock=none", r"(?:trap [34]00 at .*\(freed: foo_right\)|use after free: )"),
    ("unload module=foo_leak", r"foo_leak: use count \d+, and nobody uses it"),
    ("socket lock=none", r"(?:trap [34]00 at .*\(freed: inet6\)|use after free: )"),
]

RIGHT = [
    "unload module=foo_right",
    "unload module=foo_wrong get=owner",
    "unload module=foo_wrong get=owner lock=none",
    "unload module=foo_right get=owner lock=none",
    "unload module=foo_right op=close",
    "unload module=foo_rw",
    "unload module=foo_user",
    "unload module=foofs",
    "socket lock=bkl",
    "socket lock=none get=owner",
]

# A count that the module keeps itself goes down before the module has returned.
LATE = ["unload module=foo_right lock=none op=close", "socket lock=none op=close"]


def score(result):
    """The last score of a run."""
    return list(SCORE.finditer(result.out))[-1].groupdict()


@pytest.mark.parametrize("axes, what", WRONG)
def test_wrong_ones_hit_while_cpus_run_freely(stopgap, axes, what):
    result = stopgap(f"race run {axes} n=2000 expect=hit", args=["--icount", "3"], timeout=SECONDS)
    assert result.status == 0
    assert result.lines(rf"^first hit, round \d+: {what}")


def test_right_ones_do_not(stopgap):
    result = stopgap([f"race run {axes} n=300 expect=none" for axes in RIGHT], args=["--icount", "3"], timeout=SECONDS)
    assert result.status == 0
    assert "Oops" not in result.out


@pytest.mark.parametrize("axes, what", WRONG)
def test_wrong_ones_are_found_and_told(stopgap, axes, what):
    result = stopgap(f"race explore {axes} dispatch=pct depth=2 n=300 expect=hit", args=["--explore"], timeout=SECONDS)
    assert result.status == 0
    assert result.lines(rf"^first hit, schedule \d+: {what}")
    assert result.lines(r"^replay: race replay 'RX1:")


@pytest.mark.parametrize("axes", RIGHT)
def test_right_ones_are_exhausted(stopgap, axes):
    result = stopgap(f"race explore {axes} dispatch=bounded c=2 n=100000 expect=none", args=["--explore"],
                     timeout=SECONDS)
    assert result.status == 0
    assert score(result)["exhausted"] == "2"


@pytest.mark.parametrize("axes", LATE)
def test_the_last_instructions_of_a_close_are_not_counted(stopgap, axes):
    result = stopgap(f"race explore {axes} dispatch=bounded c=1 n=10000 expect=hit", args=["--explore"], timeout=SECONDS)
    assert result.status == 0
    assert result.lines(r"^first hit, schedule \d+: (?:trap 400 at .*, address \S+ \(freed: |use after free: )")
    assert result.lines(r"cpu1@__mod_dec_use_count\+\S+ -> cpu0")


def test_the_story_ends_in_text_that_is_gone(stopgap):
    result = stopgap("race explore unload module=foo_wrong dispatch=pct depth=2 n=100", args=["--explore"],
                     timeout=SECONDS)
    assert result.lines(r"free  foo_wrong, \d+ bytes  <==")
    assert result.lines(r"USE AFTER FREE: foo_wrong\+0x[0-9a-f]+  <==")


def test_a_device_is_used_from_the_shell(stopgap):
    result = stopgap("era 2000; insmod foo_right.ko; open foo; read 3; write 3 x; open foo; rmmod foo_right; "
                     "close 3; close 3; rmmod foo_right; open foo")
    assert result.lines("^foo: fd 3$")
    assert result.lines("^foo$")
    assert result.lines(r"^write: 3: .*\(err -22\)")
    assert result.lines(r"^open: foo: .*\(err -16\)")
    assert result.lines("Module foo_right is in use")
    assert result.lines(r"^close: 3: .*\(err -9\)")
    assert result.lines(r"^open: foo: .*\(err -6\)")
    assert "Oops" not in result.out


def test_a_file_system_is_used_from_the_shell(stopgap):
    result = stopgap("era 2000; insmod foofs.ko; statfs foo; mount foo a; mount foo a; mount bar b; rmmod foofs; "
                     "umount a; umount a; rmmod foofs; statfs foo")
    assert result.lines(r"^foo: type f00f5, 990 of 1000 blocks of 4096 free, 0 files$")
    for message in (r"^mount: foo: .*\(err -16\)", r"^mount: bar: .*\(err -19\)", "Module foofs is in use",
                    r"^umount: a: .*\(err -22\)", r"^statfs: foo: .*\(err -19\)"):
        assert len(result.lines(message)) == 1, message


def test_a_socket_is_used_from_the_shell(stopgap):
    result = stopgap("era 2000; socket inet6; socket tin; insmod inet6.ko; socket inet6; write 3 hello; read 3; "
                     "rmmod inet6; close 3; rmmod inet6; lsmod")
    assert result.lines("^hello$")
    for message in (r"^socket: inet6: .*\(err -97\)", "^usage: socket", "^inet6: fd 3$", "^5 bytes$",
                    "Module inet6 is in use"):
        assert len(result.lines(message)) == 1, message
    assert not result.lines(r"^inet6 +\d+ ")


def test_a_symbol_keeps_its_module_loaded(stopgap):
    result = stopgap("era 2000; insmod foo_lib.ko; insmod foo_user.ko; open user; read 3; rmmod foo_lib; close 3; "
                     "rmmod foo_user foo_lib")
    assert result.lines("^42$")
    assert result.lines("Module foo_lib is in use by: foo_user")
    assert len(result.lines("^rmmod: ")) == 1


def test_commands_run_in_the_background(stopgap):
    result = stopgap("insmod foo_rw.ko & wait; open rw & open nothing & wait 2; jobs; wait; jobs; wait 7; rmmod foo_rw &")
    assert result.lines(r"^\[1\]$")
    assert result.lines(r"^\[2\] open: No such device or address \(err -6\)$")
    assert len(result.lines(r"^\[1\] done  open rw$")) == 1
    assert result.lines("^wait: no job 7$")
    assert result.lines(r"^\[1\] rmmod: .*\(err -11\)$")     # at the end nobody is left behind


def test_a_command_in_the_background_may_oops(stopgap):
    result = stopgap("insmod oops.ko & wait; lsmod")
    assert result.lines("^insmod: killed by an oops$")
    assert result.lines(r"^\[1\] insmod: Bad address \(err -14\)$")
    assert result.lines("^oops ")


def test_eras_and_services(stopgap):
    result = stopgap("era; era 1990; era 2000; service socket lock=bkl get=owner; service sock; service fs lock=mutex; "
                     "service fs get=luck; params")
    assert result.lines(r"^era: 1990: not one of:")
    assert result.lines(r"^socket +bkl +owner$")
    assert result.lines(r"^service: sock: no such service$")
    assert result.lines(r"^service: mutex: no such lock$")
    assert result.lines(r"^service: luck: no such way of counting$")
    assert len(result.lines(r"^chrdev +none +owner$")) == 1


def test_an_open_that_failed_keeps_foo_leak_for_ever(stopgap):
    result = stopgap("era 2000; insmod foo_leak.ko; open foo; open foo; close 3; lsmod; rmmod foo_leak")
    assert result.lines(r"^foo_leak +\d+  1$")
    assert result.lines(r"rmmod: can't unload module 'foo_leak'")
