"""Read one address over and over on connections that stay open, and count the answers."""

import multiprocessing
import re
import shutil
import socket
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

PROCESSES = 2
CONNECTIONS = 32


def read_for(port: int, path: str, seconds: float) -> int:
    """Return how many answers came within some seconds, all of them 200.

    Where wrk is installed it does the reading: it takes less of the processor from the server.
    """
    wrk = shutil.which("wrk")
    if wrk:
        return _read_with(wrk, f"http://127.0.0.1:{port}{path}", seconds)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        running = [pool.submit(_read_on_connections, port, path, seconds) for _ in range(PROCESSES)]
        return sum(each.result() for each in running)


def _read_with(wrk: str, url: str, seconds: float) -> int:
    command = [
        wrk,
        "-t1",
        f"-c{PROCESSES * CONNECTIONS}",
        f"-d{seconds:.0f}s",
        "-H",
        "Accept-Encoding: gzip",
        url,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise ValueError(told)
    (answers,) = re.findall(r"(\d+) requests in", told)
    return int(answers)


def _read_on_connections(port: int, path: str, seconds: float) -> int:
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        running = [pool.submit(_read, port, path, seconds) for _ in range(CONNECTIONS)]
        return sum(each.result() for each in running)


def _read(port: int, path: str, seconds: float) -> int:
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    answers, end = 0, time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        length = _first_length(line, asked)
        while time.monotonic() < end:
            line.sendall(asked)
            left = length
            while left > 0:
                chunk = line.recv(1 << 17)
                if not chunk:
                    raise ConnectionError("the server closed the connection")
                left -= len(chunk)
            answers += 1
    return answers


def _first_length(line: socket.socket, asked: bytes) -> int:
    """Read one answer by its headers and return how long every such answer is."""
    line.sendall(asked)
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(1 << 17)
    head, _, _ = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.decode("latin-1"))
    lines = [each.partition(b":") for each in head.lower().split(b"\r\n")]
    (body,) = [int(value) for name, _, value in lines if name == b"content-length"]
    total = len(head) + 4 + body
    while len(received) < total:
        received += line.recv(1 << 17)
    return total
