#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Boot stopgap in QEMU, building and installing what is missing. The one place that knows QEMU's options.
#
# Standard output is the guest's console and nothing else; what this script and its helpers say goes to standard
# error. How a run ends becomes the exit status: the guest powers off (0), or ends in ibm,os-term, which
# "-action panic=exit-failure" turns into QEMU's status 1.

set -u

usage() {
	cat <<-'END'
	usage: ./qemu-run.sh [OPTION...] [-- QEMU-ARGUMENT...]

	Boots the kernel to a shell on this terminal. Builds what is missing first.

	  -c 'CMD; CMD'      run these shell commands, then power off; may be repeated
	  -n CPUS            1 to 16 CPUs (default 2)
	  -m SIZE            RAM, a multiple of 256 MiB, as 512, 512M or 1G (default 512)
	  -a 'KEY=VALUE ...' boot parameters; may be repeated
	  --slof, --vof      firmware: the real one (seconds; default), or QEMU's own (default with -c)
	  --module FILE.ko   add FILE.ko to the ramdisk; may be repeated
	  --trace FILE       where the guest's "trace export" writes to
	  --icount SHIFT     deterministic time: an instruction takes 2^SHIFT ns
	  --timeout SECONDS  end a run that takes longer (default 300 with -c, else never)
	  --explore          the explore image: 1 to 8 logical CPUs on one vCPU, whose schedules can be searched
	  --pty              the serial line is a pseudo terminal, which QEMU names
	  --gdb              wait for a debugger before the first instruction ("make gdb" attaches)
	  --print            only show the QEMU command
	  -h, --help         this text

	Exit status: 0 the guest powered off, or rebooted; 1 it failed: a command failed, an oops, a panic;
	2 wrong usage, or packages are missing; 124 no end within --timeout; else QEMU's or make's own.
	Environment: O=DIR is the build folder (default: build); NO_BUILD=1 takes it as it is.
	Ctrl-A X ends an interactive QEMU.
	END
}

say() { printf 'qemu-run: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }
misused() { say "$*"; usage >&2; exit 2; }

readonly max_cmdline=4095	# COMMAND_LINE_SIZE - 1, include/stopgap/boot_info.h
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
out=$(realpath -m -- "${O:-$top/build}")
readonly top out
image=$out	# where the kernel and its ramdisk are

# ------------------------------------------------------------------------------------------------- options

commands='' params='' cpus=2 mem=512 firmware='' icount='' timeout='' gdb='' print='' explore='' trace='' pty=''
modules=() extra=()

need_match() { # OPTION VALUE REGEX WHAT
	[[ $2 =~ ^($3)$ ]] || misused "$1 '$2': $4"
}

mebibytes() { # SIZE
	case $1 in
	*[gG]) echo $((${1%?} * 1024)) ;;
	*[mM]) echo "${1%?}" ;;
	*) echo "$1" ;;
	esac
}

parse_value_option() { # OPTION VALUE
	case $1 in
	-c)	need_match "$1" "$2" '.*[^[:space:];].*' 'no command in it'
		commands+=${commands:+; }$2 ;;
	-n)	need_match "$1" "$2" '[1-9]|1[0-6]' 'must be 1 to 16'
		cpus=$2 ;;
	-m)	need_match "$1" "$2" '[1-9][0-9]{0,5}[mMgG]?' 'must be a multiple of 256 MiB'
		mem=$(mebibytes "$2")
		((mem % 256 == 0)) || misused "$1 '$2': must be a multiple of 256 MiB" ;;
	-a)	[[ " $2 " != *' -- '* ]] || misused "$1 '$2': ' -- ' is where the commands of -c begin"
		params+=${params:+ }$2 ;;
	--module)
		[[ -f $2 && -r $2 ]] || misused "$1 '$2': no such file"
		modules+=("$2") ;;
	--trace)
		[[ ! -d $2 && (-w $2 || -w $(dirname -- "$2")) ]] || misused "$1 '$2': cannot write there"
		trace=$2 ;;
	--icount)
		need_match "$1" "$2" '[0-9]|10' 'must be 0 to 10'
		icount=$2 ;;
	--timeout)
		need_match "$1" "$2" '[1-9][0-9]{0,6}' 'must be a number of seconds'
		timeout=$2 ;;
	esac
}

parse_options() {
	while (($#)); do
		case $1 in
		--slof)	firmware=slof ;;
		--vof)	firmware=vof ;;
		--explore) explore=1 ;;
		--gdb)	gdb=1 ;;
		--pty)	pty=1 ;;
		--print) print=print ;;
		-h | --help) usage; exit 0 ;;
		-c | -n | -m | -a | --module | --trace | --icount | --timeout)
			(($# > 1)) || misused "$1 needs a value"
			parse_value_option "$1" "$2"
			shift ;;
		--)	extra=("${@:2}"); return ;;
		*)	misused "unknown option '$1'" ;;
		esac
		shift
	done
}

apply_defaults() {
	if [[ $commands ]]; then
		: "${firmware:=vof}"
		[[ $gdb ]] || : "${timeout:=300}"
	fi
	: "${firmware:=slof}"
	if [[ $explore ]]; then
		((cpus <= 8)) || misused "-n '$cpus': --explore takes 1 to 8"
		params="hv.cpus=$cpus watchdog.thresh=0${params:+ }$params"
		image=$out/explore
	fi
}

# ------------------------------------------------------------------------------------------------- build

# Build without a word when there is nothing to do. The lock makes runs started together wait for one build.
build() {
	"$top/tools/setup.sh" || exit
	mkdir -p "$out" || exit
	[[ -e $image/vmlinux ]] || say "building in $out"
	(
		# These belong to a make we may run under, whose job slots are not ours.
		unset MAKEFLAGS MFLAGS MAKELEVEL
		exec flock "$out/.lock" make -s --no-print-directory -C "$top" -j"$(nproc)" O="$out" \
			${explore:+explore} vmlinux ramdisk
	) </dev/null >&2 || { status=$?; say "the build failed"; exit "$status"; }
}

# Without --module, the ramdisk is the one make built. With it, a copy with these files added, which lives as
# long as the run; the copy for --print stays, for whoever runs what was printed.
prepare_ramdisk() {
	ramdisk=$image/ramdisk.cpio
	((${#modules[@]})) || return 0
	ramdisk=$out/ramdisk-${print:-$$}.cpio
	"$top/tools/ramdisk" "$ramdisk" "$image/ramdisk.cpio" "${modules[@]}" || exit
}

# ------------------------------------------------------------------------------------------------- QEMU

interactive() { [[ ! $commands ]]; }
on_terminal() { interactive && [[ -t 0 && -t 1 ]]; }

# Leave the command in the array "qemu".
make_command() {
	local machine=pseries append=$params

	# TCG warns on each run that it does not have these four; nothing here depends on them.
	machine+=,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off
	[[ $firmware == vof ]] && machine+=,x-vof=on
	[[ $commands ]] && append+=" -- $commands"
	((${#append} <= max_cmdline)) ||
		die "parameters and commands are ${#append} characters, the kernel takes $max_cmdline"

	qemu=(qemu-system-ppc64 -machine "$machine" -cpu power9 -smp "${explore:-$cpus}" -m "$mem")
	qemu+=(-nodefaults -vga none -display none -no-reboot -action panic=exit-failure)
	if [[ $pty ]]; then
		qemu+=(-serial pty)
	elif on_terminal; then
		qemu+=(-serial mon:stdio)
	else
		qemu+=(-serial stdio)
	fi
	[[ $trace ]] && qemu+=(-serial "file:$trace")
	qemu+=(-kernel "$image/vmlinux" -initrd "$ramdisk")
	[[ $append ]] && qemu+=(-append "$append")
	[[ $icount ]] && qemu+=(-icount "shift=$icount,sleep=off" -rtc "base=2005-01-01,clock=vm")
	[[ $gdb ]] && qemu+=(-S -gdb "unix:$out/gdb.sock,server=on,wait=off")
	qemu+=("${extra[@]}")
}

# Quoted so that a shell reads it back as the same words.
print_command() {
	local word line=''

	for word in "${qemu[@]}"; do
		[[ $word =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]] || word="'${word//\'/\'\\\'\'}'"
		line+=${line:+ }$word
	done
	printf '%s\n' "$line"
}

# A run is three processes: this script, timeout, QEMU. Whichever of the first two dies takes the rest with it,
# and a QEMU that is dead-locked and deaf to SIGTERM gets SIGKILL two seconds later.
run_qemu() {
	local begin=$SECONDS status session=()

	if interactive; then
		exec 3<&0
	else
		exec 3</dev/null
		session=(setsid)	# Ctrl-C is for this script alone: QEMU would say 0
	fi
	setpriv --pdeathsig TERM "${session[@]}" timeout --foreground -k 2 "${timeout:-0}" \
		setpriv --pdeathsig KILL "${qemu[@]}" <&3 3<&- &
	child=$!
	wait "$child"
	status=$?
	child=''
	if ((status == 124 || status == 137)) && [[ $timeout ]] && ((SECONDS - begin >= timeout)); then
		say "no end after $timeout s (--timeout); QEMU was killed"
		status=124
	fi
	return "$status"
}

# Whatever ends this script: no QEMU stays behind, and the terminal is as it was.
clean_up() {
	if [[ $child ]]; then
		kill -TERM "$child" 2>/dev/null
		wait "$child"
	fi
	[[ $tty_state ]] && stty "$tty_state"
	((${#modules[@]})) && rm -f "$ramdisk"
	[[ $gdb ]] && rm -f "$out/gdb.sock"
}

child='' tty_state=''
parse_options "$@"
apply_defaults
[[ $print || ${NO_BUILD-} == 1 ]] || build
prepare_ramdisk
make_command
if [[ $print ]]; then
	print_command
	exit 0
fi

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
on_terminal && tty_state=$(stty -g)
[[ $gdb ]] && say "waiting for a debugger: make gdb, or gdb-multiarch $out/vmlinux" \
	"-ex 'target remote $out/gdb.sock'"
run_qemu
exit
