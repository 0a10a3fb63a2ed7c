#!/bin/sh
# restart.sh PROGRAM nc|socat: starts PROGRAM, lets a real client talk to it, starts PROGRAM once more in its place, and lets the
# same client go on talking. Ends with 0 when all that was sent came back, with 77 when the client is not installed.
#
# All waiting is reading from a pipe; each process has its end from timeout(1), and an end is a pipe's end.
set -u
program=$1 client=$2
old='' new='' talker=''

stop() { kill "$@" 2>/dev/null; wait "$@" 2>/dev/null; }
fail()
{
    echo "$client: $*" >&2
    exit 1
}

command -v "$client" >/dev/null || { echo "skipped: $client is not installed"; exit 77; }
folder=$(mktemp -d) || fail "no folder for the pipes"
trap 'stop $talker $old $new; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
trap 'fail "it ended before all was said"' PIPE # not ignored: the program would inherit that
cd "$folder" && mkfifo first second said heard || fail "no pipes"

# No search for leaks when it ends: see talk.sh. What it prints stays open, or its next line would kill it.
export ASAN_OPTIONS=detect_leaks=0
timeout 30 "$program" 127.0.0.1:0 door >first &
old=$!
exec 5<first
read -r line <&5 || fail "the program ended without a word"
port=${line#"listening on 127.0.0.1:"}
case $port in *[!0-9]* | '' | 0) fail "the program said \"$line\" instead of \"listening on 127.0.0.1:PORT\"" ;; esac

says()
{
    echo "$1" >&3
    read -r line <&4 || fail "got no answer to \"$1\""
    [ "$line" = "$1" ] || fail "sent \"$1\" and got \"$line\""
}

case $client in
nc) set -- nc 127.0.0.1 "$port" ;;
socat) set -- socat - "TCP:127.0.0.1:$port" ;;
*) fail "a client that this script does not know" ;;
esac
timeout 20 "$@" <said >heard &
talker=$!
exec 3>said 4<heard
says hello

timeout 30 "$program" 127.0.0.1:0 door >second &
new=$!
exec 6<second
for expected in "clients taken over: 1" "listening on 127.0.0.1:$port"; do
    read -r line <&6 || fail "the second one ended before it said \"$expected\""
    [ "$line" = "$expected" ] || fail "the second one said \"$line\" instead of \"$expected\""
done
wait $old || fail "the first one ended with $?"
old=''
says "and again"
