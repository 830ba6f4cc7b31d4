"""What the index writes is read back as it was, by us and by Whoosh; other bytes give an error."""

import io
import pickle
import zlib
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.search.whoosh import codes, postings, tables
from chengxin.search.whoosh.codes import Codes
from chengxin.search.whoosh.postings import BLOCK, BrokenPostingsError, Numbers, decode, encode
from chengxin.search.whoosh.sets import either

documents = st.sets(st.integers(0, 2**31 - 2), min_size=1, max_size=400).map(
    lambda found: np.array(sorted(found), dtype=np.uint32)
)
dense = st.builds(
    lambda start, size, step: np.arange(start, start + size * step, step, dtype=np.uint32),
    st.integers(0, 10_000),
    st.sampled_from([1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK]),
    st.sampled_from([1, 255, 256, 65_535, 65_536]),
)


def unpickled(packed: bytes) -> list[int]:
    """Read postings as Whoosh does."""
    stream, found, last = io.BytesIO(packed), list[int](), False
    assert stream.read(4) == postings.MAGIC
    while not last:
        length = int.from_bytes(stream.read(4), "big", signed=True)
        last, end = length < 0, stream.tell() + abs(length)
        count, highest, weight, compression, _, _ = pickle.load(stream)  # noqa: S301 (written by the test itself)
        body = stream.read(end - stream.tell())
        steps, weights, values = pickle.loads(zlib.decompress(body) if compression else body)  # noqa: S301 (the same)
        ids = np.cumsum(steps).tolist()
        assert (len(ids), ids[-1], weight, weights, values) == (count, highest, 1.0, None, None)
        found += ids
    return found


@given(st.one_of(documents, dense))
def test_postings_are_read_as_they_were_written(numbers: Numbers) -> None:
    packed = encode(numbers)
    assert decode(packed).tolist() == numbers.tolist()
    assert unpickled(packed) == numbers.tolist()


@given(documents, st.data())
def test_damaged_postings_give_one_kind_of_error_or_numbers(numbers: Numbers, data: st.DataObject) -> None:
    packed = bytearray(encode(numbers))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        assert decode(bytes(packed)).dtype == np.uint32
    except BrokenPostingsError:
        return


def test_postings_cut_short_are_broken() -> None:
    packed = encode(np.arange(0, 90_000, 3, dtype=np.uint32))
    for length in range(0, len(packed) - 1, 97):
        with pytest.raises(BrokenPostingsError):
            decode(packed[:length])


words = st.text("AB9证", min_size=1, max_size=6).map(str.encode)
entries = st.lists(st.tuples(words, st.integers(0, 50)), max_size=300).map(lambda found: sorted(set(found)))


def opened(held: list[tuple[bytes, int]]) -> tuple[Codes, bytearray]:
    packed, table = codes.packed(held)
    raw = bytearray(packed)
    return Codes(table, lambda start, length: bytes(raw[start : start + length])), raw


@given(entries, words)
def test_codes_are_found_by_their_beginning(held: list[tuple[bytes, int]], begin: bytes) -> None:
    found, _ = opened(held)
    rows = found.rows(begin, begin + b"\xff")
    expected = [number for code, number in held if code.startswith(begin)]
    assert len(rows) == len(expected)
    assert found.documents(rows).tolist() == sorted(set(expected))


@given(entries, words)
def test_a_whole_code_is_found_alone(held: list[tuple[bytes, int]], wanted: bytes) -> None:
    found, _ = opened(held)
    documents = found.documents(found.rows(wanted, wanted + b"\x00")).tolist()
    assert documents == sorted({number for code, number in held if code == wanted})


def test_a_damaged_block_of_codes_is_not_read() -> None:
    found, raw = opened([(b"%06d" % number, number) for number in range(1_000)])
    rows = found.rows(b"0001", b"0001\xff")
    assert len(rows) == 100
    raw[len(raw) // 7] ^= 1
    with pytest.raises(BrokenPostingsError):
        found.documents(rows)


@given(st.lists(st.sampled_from(["<u4", "|u1", "|S7", "<i8"]), max_size=6), st.integers(0, 70))
def test_tables_are_read_as_they_were_written(kinds: list[str], size: int) -> None:
    made = {str(at): np.arange(size).astype(kind) for at, kind in enumerate(kinds)}
    read = tables.unpacked(tables.packed(made))
    assert list(read) == list(made)
    for name, values in made.items():
        assert read[name].dtype == values.dtype
        assert read[name].tolist() == values.tolist()


@given(st.lists(st.sets(st.integers(0, 999), max_size=40), max_size=5), st.sampled_from([1_000, 100_000]))
def test_either_is_the_union_in_order(sets: list[set[int]], size: int) -> None:
    held = [np.array(sorted(each), dtype=np.uint32) for each in sets]
    found = either(held, size).tolist()
    assert found == sorted(set().union(*sets))
    assert all(one < other for one, other in pairwise(found))
