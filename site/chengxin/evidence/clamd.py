"""The seam to clamd: one question over a socket, whether a file holds a virus (protocol INSTREAM)."""

import re
import socket
import struct
from contextlib import closing
from dataclasses import dataclass

from chengxin.evidence.rules import Scan

CHUNK = 1 << 16
SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 30
LONGEST_ANSWER = 4096
ADDRESS = re.compile(r"unix:(/.+)|tcp://(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")


class ScannerAwayError(Exception):
    """The scanner cannot be reached, or went away before it answered."""


@dataclass(frozen=True)
class Scanner:
    """The virus scanner of an installation; without an address nothing is scanned."""

    address: str

    def scan(self, content: bytes) -> Scan:
        """Return what the scanner says of a file, or raise ScannerAwayError."""
        if not self.address:
            return Scan.UNSCANNED
        try:
            with closing(self._connected()) as line:
                _send(line, content)
                return verdict(_answer(line))
        except OSError as error:
            raise ScannerAwayError from error

    def _connected(self) -> socket.socket:
        found = ADDRESS.fullmatch(self.address)
        if found is None:
            raise OSError("no address of a scanner")
        path, host, port = found.groups()
        line = _on_path(path) if path else _on_network(host.strip("[]"), int(port))
        line.settimeout(SECONDS_TO_ANSWER)
        return line


def _on_network(host: str, port: int) -> socket.socket:
    return socket.create_connection((host, port), SECONDS_TO_CONNECT)


def _on_path(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(SECONDS_TO_CONNECT)
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def verdict(answer: bytes) -> Scan:
    """Return what an answer of clamd means; whatever is no clear word is no clean bill."""
    text = answer.rstrip(b"\0\r\n ")
    if text.endswith(b" FOUND"):
        return Scan.INFECTED
    return Scan.CLEAN if text.endswith(b": OK") else Scan.FAILED


def _send(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    try:
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return  # a scanner that has seen enough closes early; its answer may still wait to be read


def _answer(line: socket.socket) -> bytes:
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0"):
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    if not said:
        raise ConnectionResetError("no answer")
    return said
