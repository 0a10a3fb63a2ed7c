#!/usr/bin/env bash
# system.sh SUITE [PRESET]   by hand, as root, and not by CI: does the second command of README.md hold on another Debian (bookworm,
# trixie, sid)? debootstrap makes it, bare, in a folder ($KATA_SYSTEMS, default /var/tmp/kata-systems; 2 GB each); the command then
# runs there as it stands. With PRESET, such as clang, that preset's workflow runs after it. The folder is kept: a second run is quick.
. "$(dirname "$0")/tree.sh"
set -e
suite=${1:?usage: system.sh SUITE [PRESET]} preset=${2-}
tree=$(cd "$(dirname "$0")/../.." && pwd)
system=${KATA_SYSTEMS:-/var/tmp/kata-systems}/$suite
command=$("$tree/.ci/run" --command)
if [[ ! -e $system/complete ]]; then
    debootstrap "$suite" "$system"
    rm -rf "$system"/var/lib/apt/lists/* # as a container has it
    touch "$system/complete"
fi
cp --remove-destination /etc/resolv.conf "$system/etc/resolv.conf"
copy_tree "$tree" "$system/kata"
[[ $preset ]] && command+=" && apt-get install -y clang libclang-rt-dev && CMAKE_GENERATOR=Ninja cmake --workflow --preset $preset"

# In namespaces of its own: nothing stays mounted, and no process stays behind.
unshare --mount --pid --fork --kill-child bash -c '
    mount --rbind /dev "$1/dev" && mount --rbind /sys "$1/sys" && mount -t proc proc "$1/proc" &&
        exec chroot "$1" env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c "cd /kata && $2"' - "$system" "$command"
