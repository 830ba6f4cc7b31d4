"""Files on their way: in memory, within bounds, and given back."""

import gc
from contextlib import closing
from io import BytesIO

import pytest
from flask import Flask, Request, request
from werkzeug.test import EnvironBuilder

from chengxin.core.uploads import MOST_OF_A_FILE, ArrivingFile, Memory, MemoryRequest, found_no_room


def test_a_file_is_kept_up_to_its_bound_and_read_to_its_end() -> None:
    memory = Memory(100)
    arriving = ArrivingFile(memory, most=10)
    assert arriving.write(b"12345678") == 8
    assert arriving.write(b"12345678") == 8
    assert arriving.getvalue() == b"1234567812"
    assert memory.taken == 10
    assert not arriving.found_no_room
    arriving.close()
    assert memory.taken == 0


def test_a_file_for_which_there_is_no_room_says_so() -> None:
    memory = Memory(15)
    first, second = ArrivingFile(memory, most=10), ArrivingFile(memory, most=10)
    first.write(b"1234567890")
    second.write(b"1234567890")
    assert (first.found_no_room, second.found_no_room) == (False, True)
    second.write(b"1")
    assert second.getvalue() == b""
    first.close()
    second.close()
    assert memory.taken == 0


def test_a_file_that_is_forgotten_gives_its_memory_back() -> None:
    memory = Memory(100)
    ArrivingFile(memory).write(b"12345")
    gc.collect()
    assert memory.taken == 0


@pytest.mark.parametrize(("kind", "spills"), [(MemoryRequest, False), (Request, True)])
def test_no_file_of_a_form_is_written_to_the_disk(
    monkeypatch: pytest.MonkeyPatch, kind: type[Request], *, spills: bool
) -> None:
    asked: list[object] = []

    def temporary(*_: object, **__: object) -> BytesIO:
        asked.append(1)
        return BytesIO()

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", temporary)
    app = Flask("test")
    app.request_class = kind
    sent = EnvironBuilder(method="POST", data={"file": (BytesIO(bytes(12 << 20)), "x.jpg"), "code": "C-1"})
    environ = sent.get_environ()
    with closing(sent), closing(environ["wsgi.input"]), app.request_context(environ):
        assert request.form["code"] == "C-1"
        held = request.files["file"]
        assert bool(asked) is spills
        assert found_no_room(held) is False
        if not spills:
            assert len(held.stream.read()) == MOST_OF_A_FILE
