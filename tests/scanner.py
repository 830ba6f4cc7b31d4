"""A virus scanner for tests: a real server on a socket that speaks the protocol of clamd."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 2 << 20


class _Conversation(socketserver.StreamRequestHandler):
    """Read one file in chunks and say what is in it."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = bytearray()
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        seen: list[bytes] = self.server.seen  # type: ignore[attr-defined]
        seen.append(bytes(content))
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


class _OnTheNetwork(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True


class _OnAPath(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def scanner(path: Path | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """Run a scanner on a path, or on a free port, and give its address and the files it has seen."""
    server: Any = (
        _OnAPath(str(path), _Conversation) if path else _OnTheNetwork(("127.0.0.1", 0), _Conversation)
    )
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    address = f"unix:{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    try:
        yield address, server.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def nobodys_address() -> str:
    """Return an address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"tcp://127.0.0.1:{taken.getsockname()[1]}"
