#!/bin/sh
# talk.sh PROGRAM tcp|beside_silent_ones|udp nc|python3|socat: starts PROGRAM on a free port, and lets a real client talk to it.
# Ends with 0 when all that was sent came back, with 77 when the client is not installed.
#
# All waiting is reading from a pipe; each process has its end from timeout(1), and an end is a pipe's end.
set -u
program=$1 transport=$2 client=$3
here=$(cd "$(dirname "$0")" && pwd)
server='' talker=''

stop() { kill "$@" 2>/dev/null; wait "$@" 2>/dev/null; }
fail()
{
    echo "$client: $*" >&2
    exit 1
}

command -v "$client" >/dev/null || { echo "skipped: $client is not installed"; exit 77; }
folder=$(mktemp -d) || fail "no folder for the pipes"
trap 'stop $talker $server; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
trap 'fail "it ended before all was said"' PIPE # not ignored: the program would inherit that
cd "$folder" && mkfifo printed said heard || fail "no pipes"

# Its first line names the port. The pipe stays open, or its next line would kill it. No search for leaks when it ends:
# timeout(1) sends SIGCONT after SIGTERM, and the leak checker, which has stopped the process, would wait for it for ever.
ASAN_OPTIONS=detect_leaks=0 timeout 30 "$program" 127.0.0.1:0 >printed &
server=$!
exec 5<printed
read -r line <&5 || fail "the program ended without a word"
port=${line#"listening on 127.0.0.1:"}
case $port in *[!0-9]* | '' | 0) fail "the program said \"$line\" instead of \"listening on 127.0.0.1:PORT\"" ;; esac

# A TCP server says so a moment before it listens. Field 4 of proc(5)'s net/tcp is the state; 0A is LISTEN.
listens() { grep -q ": [0-9A-F]*:$(printf %04X "$port") 00000000:0000 0A " /proc/net/tcp; }
tries=0
until [ "$transport" = udp ] || listens; do
    tries=$((tries + 1))
    [ $tries -lt 2000 ] || fail "nobody listens on port $port"
done

# Sends a line and expects it back.
says()
{
    echo "$1" >&3
    read -r line <&4 || fail "got no answer to \"$1\""
    [ "$line" = "$1" ] || fail "sent \"$1\" and got \"$line\""
}

# One client from its first word to its last.
talk()
{
    timeout 20 "$@" <said >heard &
    talker=$!
    exec 3>said 4<heard
    says hello
    says "and again"
    exec 3>&- 4<&-
    stop $talker
    talker=''
}

case $client-$transport in
nc-tcp) set -- nc 127.0.0.1 "$port" ;;
nc-udp) set -- nc -u 127.0.0.1 "$port" ;;
socat-tcp) set -- socat - "TCP:127.0.0.1:$port" ;;
socat-udp) set -- socat - "UDP:127.0.0.1:$port" ;;
python3-*)
    timeout 20 python3 "$here/client.py" "$transport" "$port" || fail "client.py ended with $?"
    exit 0
    ;;
*) fail "a client or a transport that this script does not know: $transport" ;;
esac

talk "$@"
talk "$@" # the next client is served like the first
if [ "$transport" = udp ]; then
    read -r line <&5
    case $line in
    "127.0.0.1:"*" sent 6 bytes: hello.") ;;
    *) fail "the program reported \"$line\"" ;;
    esac
fi
