#!/bin/sh
# chat.sh PROGRAM nc|socat: starts the chat PROGRAM on a free port, and lets a real client and one of Python's socket module talk to
# each other. Ends with 0 when each heard the other, with 77 when one of them is not installed.
#
# All waiting is reading from a pipe; each process has its end from timeout(1), and an end is a pipe's end.
set -u
program=$1 client=$2
here=$(cd "$(dirname "$0")" && pwd)
server='' talker='' other=''

stop() { kill "$@" 2>/dev/null; wait "$@" 2>/dev/null; }
fail()
{
    echo "$client: $*" >&2
    exit 1
}

for needed in "$client" python3; do
    command -v "$needed" >/dev/null || { echo "skipped: $needed is not installed"; exit 77; }
done
folder=$(mktemp -d) || fail "no folder for the pipes"
trap 'stop $talker $other $server; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
trap 'fail "it ended before all was said"' PIPE # not ignored: the program would inherit that
cd "$folder" && mkfifo printed tells said heard || fail "no pipes"

hears()
{
    read -r line <&"$1" || fail "$2 ended before it said \"$3\""
    [ "$line" = "$3" ] || fail "$2 said \"$line\" instead of \"$3\""
}

# No search for leaks when it ends: see talk.sh. What it prints stays open, or its next line would kill it.
ASAN_OPTIONS=detect_leaks=0 timeout 30 "$program" 127.0.0.1:0 >printed &
server=$!
exec 5<printed
read -r line <&5 || fail "the program ended without a word"
port=${line#"listening on 127.0.0.1:"}
case $port in *[!0-9]* | '' | 0) fail "the program said \"$line\" instead of \"listening on 127.0.0.1:PORT\"" ;; esac

# It comes first, and so it is there when the other one speaks.
timeout 20 python3 "$here/client.py" chat "$port" >tells &
other=$!
exec 6<tells
hears 6 client.py connected

case $client in
nc) set -- nc 127.0.0.1 "$port" ;;
socat) set -- socat - "TCP:127.0.0.1:$port" ;;
*) fail "a client that this script does not know" ;;
esac
timeout 20 "$@" <said >heard &
talker=$!
exec 3>said 4<heard
echo "hello, python" >&3
hears 6 client.py "heard: hello, python"
hears 4 "$client" "hello, whoever you are"
hears 6 client.py "ended its stream"
echo "do you still hear me?" >&3
hears 6 client.py "heard: do you still hear me?"
wait $other || fail "client.py ended with $?"
other=''
# Whoever sends to one that has closed gets a RST: so the server finds out, and says it.
echo "and now?" >&3
read -r line <&5 || fail "the program ended"
case $line in "127.0.0.1:"*" left") ;; *) fail "the program said \"$line\" when client.py had left" ;; esac
kill $server # with a signal it ends, and well
wait $server || fail "the program ended with $?"
server=''
