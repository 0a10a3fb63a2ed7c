#!/usr/bin/env bash
# machine.sh FUNCTION EXECUTABLE...: on a machine that cannot run the tests, a test executable says so and fails: it never passes, and
# never hangs. The first is any test executable, the others are those that ask for ::1. Each function check_NAME here is the test
# gate.machine.NAME. The machine is made bad in a namespace of its own.
. "$(dirname "$0")/tree.sh"
executable=$2 need_ipv6=("${@:3}")

refuses() # WHAT COMMAND...: it must end with 3 and say WHAT in its last line
{
    local said status
    said=$(timeout 20 "${@:2}" 2>&1)
    status=$?
    echo "$said"
    [[ $status == 3 && ${said##*$'\n'} == 'This machine cannot run the tests.'*"$1"* ]] && return
    echo "It ended with $status, and its last line must say: This machine cannot run the tests. ... $1"
    exit 1
}

check_no_loopback()
{
    unshare -rn true || skip "user namespaces are not permitted"
    refuses "Is the loopback interface up?" unshare -rn "$executable"
}

check_few_descriptors() { refuses "raise the hard limit" bash -c 'ulimit -n 64 && exec "$0"' "$executable"; }

check_no_proc()
{
    unshare -rm mount -t tmpfs none /proc || skip "user namespaces are not permitted"
    refuses "/proc is not mounted" unshare -rm sh -c 'mount -t tmpfs none /proc && exec "$0"' "$executable"
}

# Without ::1 the tests that need it are skipped, and all is green.
check_no_ipv6()
{
    ((${#need_ipv6[@]})) || skip "no test asks for ::1"
    unshare -rn true || skip "user namespaces are not permitted"
    command -v ip >/dev/null || skip "ip is not installed (Debian: iproute2)"
    for executable in "${need_ipv6[@]}"; do
        timeout 60 unshare -rn sh -c 'ip link set lo up && echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6 && exec "$0"' "$executable" || exit 1
    done
}

seed_executable_that_passes()
{
    executable=true
    must_be_red check_few_descriptors
}
seed_executable_that_needs_ipv6()
{
    need_ipv6=(false)
    must_be_red check_no_ipv6
}

"$1"
