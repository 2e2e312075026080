"""Asks and answers in many network namespaces at once.

serve: lines "NAME NAMESPACE PROTOCOL ADDRESS PORT" on standard input say what listens where; "ready" follows when all do.
       A server of icmp answers pings besides the kernel, whatever its port.
ask:   lines "NAMESPACE PROTOCOL ADDRESS PORT EXPECTED" (0 or 1) are asked all together; a line with the answer follows for
       each, in their order: the server's name, its port and the address that it saw, or "-".
"""
import ctypes
import itertools
import os
import resource
import selectors
import socket
import struct
import sys
import time

KINDS = {
    "tcp": (socket.SOCK_STREAM, socket.IPPROTO_TCP),
    "udp": (socket.SOCK_DGRAM, socket.IPPROTO_UDP),
    "sctp": (socket.SOCK_STREAM, socket.IPPROTO_SCTP),
}
PINGS = {socket.AF_INET: (socket.IPPROTO_ICMP, 8, 0), socket.AF_INET6: (socket.IPPROTO_ICMPV6, 128, 129)}
CLONE_NEWNET = 0x40000000
WHO = b"who am I"
NOT_EXPECTED_SECONDS = 1.5
EXPECTED_SECONDS = 15
RESEND_SECONDS = 0.5
libc = ctypes.CDLL(None, use_errno=True)


def lines():
    return [line.split() for line in sys.stdin]


def namespaces(paths):
    return {path: os.open(path, os.O_RDONLY) for path in set(paths)}


def open_in(namespace, protocol, address):
    """A socket belongs to the namespace it was made in."""
    if libc.setns(namespace, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    kind = (socket.SOCK_RAW, PINGS[family][0]) if protocol == "icmp" else KINDS[protocol]
    made = socket.socket(family, *kind)
    made.setblocking(False)
    return made


def serve():
    wanted = lines()
    fds = namespaces(line[1] for line in wanted)
    selector = selectors.EpollSelector()
    for name, namespace, protocol, address, port in wanted:
        for one in ["0.0.0.0", "::"] if protocol == "icmp" and address == "::" else [address]:
            server = listen(open_in(fds[namespace], protocol, one), protocol, one, int(port))
            selector.register(server, selectors.EVENT_READ, (name + " " + port, protocol))
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            answer(key.fileobj, *key.data)


def listen(server, protocol, address, port):
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if address == "::" and protocol != "icmp":
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    server.bind((address, port))
    if protocol in ("tcp", "sctp"):
        server.listen(1000)
    return server


def answer(server, name, protocol):
    def text(client):
        return (name + " " + client[0].replace("::ffff:", "")).encode()

    try:
        if protocol == "udp":
            _, client = server.recvfrom(100)
            server.sendto(text(client), client)
        elif protocol == "icmp":
            packet, client = server.recvfrom(200)
            kind, number, _ = opened(server.family, packet)
            if kind == PINGS[server.family][1]:
                server.sendto(ping(server.family, PINGS[server.family][2], number, text(client)), client)
        else:
            connection, client = server.accept()
            connection.sendall(text(client))
            connection.close()
    except OSError:
        pass  # The client has given up.


def ping(family, kind, number, text):
    """An echo request or reply; of ICMPv6 the kernel writes the checksum."""
    checksum = 0
    if family == socket.AF_INET:
        whole = struct.pack("!BBHHH", kind, 0, 0, number, 0) + text + b"\0" * (len(text) % 2)
        checksum = sum(struct.unpack("!%dH" % (len(whole) // 2), whole))
        while checksum >> 16:
            checksum = (checksum & 0xffff) + (checksum >> 16)
        checksum ^= 0xffff
    return struct.pack("!BBHHH", kind, 0, checksum, number, 0) + text


def opened(family, packet):
    """Type, identifier and text of what a raw socket has received, which has its header in IPv4."""
    start = (packet[0] & 15) * 4 if family == socket.AF_INET else 0
    kind, _, _, number, _ = struct.unpack_from("!BBHHH", packet, start)
    return kind, number, packet[start + 8:]


class Question:
    numbers = itertools.count(1)

    def __init__(self, namespace, protocol, address, port, expected):
        self.client = open_in(namespace, protocol, address)
        self.protocol = protocol
        self.number = next(Question.numbers)
        self.is_expected = expected == "1"
        self.answer = None
        self.attempt(lambda: self.client.connect((address, int(port))))

    def attempt(self, action):
        try:
            return action()
        except BlockingIOError:
            pass
        except OSError:
            self.answer = "-"

    def send(self):
        if self.answer is None and self.protocol == "udp":
            self.attempt(lambda: self.client.send(WHO))
        elif self.answer is None and self.protocol == "icmp":
            family = self.client.family
            self.attempt(lambda: self.client.send(ping(family, PINGS[family][1], self.number, WHO)))

    def receive(self):
        data = self.attempt(lambda: self.client.recv(200))
        if data is not None and self.protocol == "icmp":
            kind, number, data = opened(self.client.family, data)
            is_answer = kind == PINGS[self.client.family][2] and number == self.number and data != WHO
            data = data if is_answer else None
        if data is not None:
            self.answer = data.decode() or "-"


def ask():
    wanted = lines()
    fds = namespaces(line[0] for line in wanted)
    questions = [Question(fds[line[0]], *line[1:]) for line in wanted]
    selector = selectors.EpollSelector()
    for question in questions:
        selector.register(question.client, selectors.EVENT_READ, question)
    began = time.monotonic()
    sent = 0
    while is_open(questions, time.monotonic() - began):
        if time.monotonic() - sent > RESEND_SECONDS:
            sent = time.monotonic()
            for question in questions:
                question.send()
        for key, _ in selector.select(RESEND_SECONDS):
            key.data.receive()
            if key.data.answer is not None:
                selector.unregister(key.fileobj)
    for question in questions:
        print(question.answer or "-")


def is_open(questions, seconds):
    unanswered = [question for question in questions if question.answer is None]
    patience = EXPECTED_SECONDS if any(question.is_expected for question in unanswered) else NOT_EXPECTED_SECONDS
    return bool(unanswered) and seconds < patience


soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
{"serve": serve, "ask": ask}[sys.argv[1]]()
