#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Install the Debian packages stopgap needs, or say how: setup.sh [GROUP...], groups as in packages.txt,
# "base" if none is named.
#
# Only looks for one file per package, so that it costs next to nothing when all is there and can be called
# before every build and run. Prints to stderr. Exit status: 0 all there, 2 packages are missing.

set -eu
list=$(dirname "$0")/packages.txt

# The packages of group $1 whose file does not exist.
missing_in() {
	while read -r group package file; do
		[ "$group" = "$1" ] && [ ! -e "$file" ] && printf '%s ' "$package"
	done <"$list"
	return 0
}

missing=$(for group in "${@:-base}"; do missing_in "$group"; done)
[ "$missing" ] || exit 0
by_hand="apt-get install --no-install-recommends ${missing% }"

# What may install: nothing (we are root), sudo, or nobody.
if [ "$(id -u)" = 0 ]; then
	sudo=
elif sudo -n true 2>/dev/null; then
	sudo=sudo
else
	printf 'setup: Debian packages are missing; as root, run:\n    %s\n' "$by_hand" >&2
	exit 2
fi

apt_get() {
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null
}

echo "setup: installing $missing" >&2
apt_get update || echo "setup: going on with the package lists that are here" >&2
# shellcheck disable=SC2086 # one word per package
if ! apt_get install -y --no-install-recommends $missing; then
	printf 'setup: that failed; as root, run:\n    %s\n' "$by_hand" >&2
	exit 2
fi
