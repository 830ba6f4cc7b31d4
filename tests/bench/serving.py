"""Start a server the way an installation does, and read how much processor time it took."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    @property
    def base(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def processor_seconds(self) -> float:
        """Return the processor time the server and its workers have taken so far."""
        return sum(_ticks(pid) for pid in _family(self.pid)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(door: str, environ: Mapping[str, str], *, ready: str = "/") -> Iterator[Server]:
    """Run granian on a free port until the block ends."""
    port = _free_port()
    command = [
        *(
            str(Path(sys.executable).parent / "granian"),
            "--interface",
            "wsgi",
            "--no-ws",
            "--host",
            "127.0.0.1",
        ),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "512", "--backpressure", "600"),
        *("--log-level", "error", door),
    ]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", **environ}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            server = Server(port, process.pid)
            _wait_for(f"{server.base}{ready}")
            yield server
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
