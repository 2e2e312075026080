"""Asks and answers in many network namespaces at once.

serve: lines "NAME NAMESPACE PROTOCOL ADDRESS PORT" on standard input say what listens where; "ready" follows when all do.
ask:   lines "NAMESPACE PROTOCOL ADDRESS PORT EXPECTED" (0 or 1) are asked all together; a line with the answer follows for
       each, in their order: the server's name, its port and the address that it saw, or "-".
"""
import ctypes
import os
import resource
import selectors
import socket
import sys
import time

KINDS = {
    "tcp": (socket.SOCK_STREAM, socket.IPPROTO_TCP),
    "udp": (socket.SOCK_DGRAM, socket.IPPROTO_UDP),
    "sctp": (socket.SOCK_STREAM, socket.IPPROTO_SCTP),
}
CLONE_NEWNET = 0x40000000
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
    opened = socket.socket(family, *KINDS[protocol])
    opened.setblocking(False)
    return opened


def serve():
    wanted = lines()
    fds = namespaces(line[1] for line in wanted)
    selector = selectors.EpollSelector()
    for name, namespace, protocol, address, port in wanted:
        server = open_in(fds[namespace], protocol, address)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address == "::":
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        server.bind((address, int(port)))
        if protocol != "udp":
            server.listen(1000)
        selector.register(server, selectors.EVENT_READ, (name + " " + port, protocol))
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            answer(key.fileobj, *key.data)


def answer(server, name, protocol):
    def text(client):
        return (name + " " + client[0].replace("::ffff:", "")).encode()

    try:
        if protocol == "udp":
            _, client = server.recvfrom(100)
            server.sendto(text(client), client)
        else:
            connection, client = server.accept()
            connection.sendall(text(client))
            connection.close()
    except OSError:
        pass  # The client has given up.


class Question:
    def __init__(self, namespace, protocol, address, port, expected):
        self.client = open_in(namespace, protocol, address)
        self.is_udp = protocol == "udp"
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
        if self.is_udp and self.answer is None:
            self.attempt(lambda: self.client.send(b"who am I"))

    def receive(self):
        data = self.attempt(lambda: self.client.recv(100))
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
