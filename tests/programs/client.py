"""client.py tcp|beside_silent_ones|udp PORT: talks to an echo server on 127.0.0.1. A wrong answer is an exception.

client.py chat PORT: takes part in a chat, and prints what it hears."""

import socket
import sys

PATIENCE = 10  # seconds until a silent server is a failure


def tcp(address):
    for payload in (b"hello\n", b"", bytes(range(256)) * 200):
        with socket.create_connection(address, PATIENCE) as s:
            s.sendall(payload)
            s.shutdown(socket.SHUT_WR)
            echo = b"".join(iter(lambda: s.recv(65536), b""))
        assert echo == payload, f"sent {len(payload)} bytes and got {len(echo)}: {echo[:40]!r}"


def beside_silent_ones(address):
    silent = [socket.create_connection(address, PATIENCE) for _ in range(20)]
    tcp(address)
    for s in silent:
        s.sendall(b"and now me")
        assert s.recv(100) == b"and now me"
        s.close()


def udp(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(PATIENCE)
        s.connect(address)
        too_large = b"x" * 2000  # for the program: no answer, so the next answer is the next datagram's
        for datagram in (b"hello", b"", bytes(range(256)), b"x" * 1024, too_large, b"still there?"):
            s.send(datagram)
            if datagram is not too_large:
                echo = s.recv(65536)
                assert echo == datagram, f"sent {datagram[:40]!r} and got {echo[:40]!r}"


def chat(address):
    with socket.create_connection(address, PATIENCE) as s, s.makefile("r", encoding="utf-8", newline="\n") as lines:
        print("connected", flush=True)
        print("heard:", next(lines), end="", flush=True)
        s.sendall(b"hello, whoever you are\n")
        s.shutdown(socket.SHUT_WR)
        print("ended its stream", flush=True)
        print("heard:", next(lines), end="", flush=True)


{"tcp": tcp, "beside_silent_ones": beside_silent_ones, "udp": udp, "chat": chat}[sys.argv[1]](("127.0.0.1", int(sys.argv[2])))
