"""The count of commits: it moves with each, and says nothing while one is under way."""

from pathlib import Path

import pytest

from chengxin.core import writers
from chengxin.core.writers import WriterQueue


@pytest.fixture(autouse=True)
def distrust(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "TRUSTED_SECONDS", -1.0)


def commit(queue: WriterQueue) -> None:
    with queue.turn() as turn, turn.committing():
        pass


def test_before_the_first_writer_the_count_says_nothing(tmp_path: Path) -> None:
    assert WriterQueue(tmp_path / "lock").commits() is None


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    assert WriterQueue(tmp_path / "lock").commits() is None


def test_every_commit_changes_the_count_for_every_reader(tmp_path: Path) -> None:
    one, other = WriterQueue(tmp_path / "lock"), WriterQueue(tmp_path / "lock")
    seen = []
    for _ in range(3):
        commit(one)
        seen.append(other.commits())
    assert None not in seen
    assert len(set(seen)) == 3


def test_a_turn_without_a_commit_changes_nothing(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    commit(queue)
    before = queue.commits()
    with queue.turn():
        pass
    assert queue.commits() == before


def test_while_a_commit_is_under_way_the_count_says_nothing(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    commit(queue)
    with queue.turn() as turn, turn.committing():
        assert queue.commits() is None
    assert queue.commits() is not None


def test_a_failed_commit_counts_too(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    commit(queue)
    before = queue.commits()
    with pytest.raises(OSError, match="full"), queue.turn() as turn, turn.committing():
        raise OSError("the disk is full")
    assert queue.commits() not in {None, before}


def test_after_a_writer_died_in_its_commit_the_next_one_sets_it_right(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    (tmp_path / "lock").write_bytes((7).to_bytes(8, "little"))
    assert queue.commits() is None
    commit(queue)
    assert queue.commits() == 8


def test_a_file_put_in_its_place_is_noticed(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    commit(queue)
    first = queue.commits()
    (tmp_path / "other").write_bytes((40).to_bytes(8, "little"))
    (tmp_path / "other").replace(tmp_path / "lock")
    assert (first, queue.commits()) == (2, 40)
