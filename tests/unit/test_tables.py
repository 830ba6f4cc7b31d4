"""Text tables as they are really published."""

import csv
import io
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.tables import Row, TableError, fold_header, open_table
from chengxin.core.tables.shape import clean

KNOWN = ("name", "机构名称", "许可证编号", "地址", "地区")
Read = Callable[..., tuple[list[Row], str, int]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give a reader of the rows of a written file; its first column is the anchor."""

    def reader(content: str | bytes, *, encoding: str = "utf-8", anchors: Collection[int] = (0,)) -> object:
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        with open_table(path, known=KNOWN) as table:
            return list(table.rows(anchors)), table.written, table.header_row

    return reader  # type: ignore[return-value]


def test_a_plain_list_is_read_with_row_numbers_of_the_file(read: Read) -> None:
    rows, written, header = read("机构名称,地址\n甲公司,一号\n\n乙公司,二号\n")
    assert [(row.number, row.cells) for row in rows] == [(2, ("甲公司", "一号")), (4, ("乙公司", "二号"))]
    assert (written, header) == ("CSV, UTF-8, comma", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_found_out(read: Read, encoding: str) -> None:
    rows, _, _ = read("机构名称,地址\n喆鎔公司,㐀路\n", encoding=encoding)
    assert rows[0].cells == ("喆鎔公司", "㐀路")


def test_damaged_utf8_is_not_taken_for_gb18030(read: Read) -> None:
    content = "机构名称,地址\n一二三四五六七八九十甲乙丙丁,路\n".encode() + b"\xff\xfe,x\n"
    with pytest.raises(TableError, match="damaged in line 3"):
        read(content)


def test_bytes_of_no_encoding_are_refused(read: Read) -> None:
    with pytest.raises(TableError, match="neither UTF-8 nor GB18030"):
        read(b"name,x\n\xff\xff,y\n")


@pytest.mark.parametrize(
    ("delimiter", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")]
)
def test_the_delimiter_is_found_out(read: Read, delimiter: str, word: str) -> None:
    rows, written, _ = read(f"机构名称{delimiter}地址\n甲,乙公司{delimiter}一号\n".replace("甲,", "甲"))
    assert rows[0].cells == ("甲乙公司", "一号")
    assert written.endswith(word)


def test_titles_above_the_header_are_skipped(read: Read) -> None:
    rows, _, header = read(
        "2026年度名录,,\n填报单位：江州市,,\n序号,机构名称,地址\n1,甲公司,一号\n", anchors=(0, 1)
    )
    assert header == 3
    assert rows[0].cells == ("1", "甲公司", "一号")


def test_a_header_of_unknown_names_is_told_by_its_shape(read: Read) -> None:
    rows, _, header = read("A list\nfirm,where,count\nx,y,3\n")
    assert header == 2
    assert rows[0].cells == ("x", "y", "3")


def test_a_file_without_a_header_is_refused(read: Read) -> None:
    with pytest.raises(TableError, match="No header was found"):
        read("1,2\n3,4\n")


def test_a_line_without_its_anchor_continues_the_row_above(read: Read) -> None:
    rows, _, _ = read("机构名称,地址,许可证编号\n甲公司,一号,A1\n,,A2\n,二层,\n乙公司,三号,B1\n")
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].lines_at(2) == ["A1", "A2", ""]
    assert rows[0].lines_at(1) == ["一号", "", "二层"]


def test_a_header_repeated_on_each_page_is_no_row(read: Read) -> None:
    rows, _, _ = read("机构名称,地址\n甲公司,一号\n机构名称,地址\n乙公司,二号\n")
    assert [row.cells[0] for row in rows] == ["甲公司", "乙公司"]


def test_a_cell_of_several_lines_stays_one_cell(read: Read) -> None:
    rows, _, _ = read('机构名称,地址\n甲公司,"一号\n二层"\n乙公司,三号\n')
    assert rows[0].cells[1] == "一号\n二层"
    assert rows[1].number == 3


def test_a_quotation_mark_inside_a_name_is_kept(read: Read) -> None:
    rows, _, _ = read('机构名称,地址\n甲 "乙" 公司,一号\n')
    assert rows[0].cells[0] == '甲 "乙" 公司'


def test_a_quotation_mark_that_never_closes_is_named(read: Read) -> None:
    with pytest.raises(TableError, match="row 3 is never closed"):
        read('机构名称,地址\n甲公司,一号\n"乙公司,二号\n丙公司,三号\n')


@pytest.mark.parametrize(
    ("start", "word"),
    [(b"\xd0\xcf\x11\xe0xx", "xls"), (b"%PDF-1.7", "PDF"), (b"<html><table>", "web page"), (b"", "empty")],
)
def test_other_files_are_refused_with_what_to_do(read: Read, start: bytes, word: str) -> None:
    with pytest.raises(TableError, match=word):
        read(start)


def test_bytes_of_a_program_are_no_table(read: Read) -> None:
    with pytest.raises(TableError, match="not a table of text"):
        read(b"name,\x00\x01\n")


def test_columns_are_compared_without_case_width_and_marks() -> None:
    assert fold_header(" License_Expiration Date：") == fold_header("licenseexpirationdate")
    assert fold_header("涉及金额（元）") == fold_header("涉及金额(元)")


@given(st.text())
def test_cleaned_text_can_be_cleaned_again(text: str) -> None:
    assert clean(clean(text)) == clean(text)


cells = st.text(alphabet=st.sampled_from("甲乙丙Ab1 ,;|\t\"'\n（）"), min_size=1, max_size=8).filter(
    lambda cell: bool(clean(cell))
)


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], mark: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([["机构名称", "地址", "许可证编号"]] * 1 + rows)
    path = tmp_path_factory.mktemp("written") / "list.csv"
    path.write_text(out.getvalue(), encoding="gb18030", newline="")
    with open_table(path, known=KNOWN) as table:
        assert [row.cells for row in table.rows([0])] == [tuple(map(clean, row)) for row in rows]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_file_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "list.csv"
    path.write_bytes(content)
    with suppress(TableError), open_table(path, known=KNOWN) as table:
        assert all(row.number > 1 for row in table.rows([0]))


@given(st.binary(max_size=300))
def test_any_archive_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "list.xlsx"
    path.write_bytes(b"PK\x03\x04" + content)
    with suppress(TableError), open_table(path, known=KNOWN) as table:
        list(table.rows([0]))
