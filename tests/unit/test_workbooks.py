"""Workbooks as they are really published: titles, merged cells, sheets, numbers, and bombs."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chengxin.core.tables import Row, TableError, open_table

KNOWN = ("机构名称", "许可证编号", "有效期至", "地址", "地区")
Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Give a writer of workbooks."""

    def write(
        rows: list[list[Any]], *, merged: tuple[str, ...] = (), before: list[list[Any]] | None = None
    ) -> Path:
        made = openpyxl.Workbook()
        if before is not None:
            first = made.active
            assert first is not None
            first.title = "说明"
            for row in before:
                first.append(row)
            sheet = made.create_sheet("名录")
        else:
            sheet = made.active
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        path = tmp_path / "list.xlsx"
        made.save(path)
        return path

    return write


def rows_of(path: Path, *, anchors: tuple[int, ...] = (0,), sheet: str = "") -> list[Row]:
    with open_table(path, known=KNOWN, sheet=sheet) as table:
        return list(table.rows(anchors))


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == member else content)


def test_numbers_and_days_are_read_as_people_read_them(book: Book) -> None:
    path = book(
        [
            ["机构名称", "许可证编号", "有效期至", "人数"],
            ["甲公司", 990100120105, date(2029, 4, 2), 12.0],
            ["乙", 1.5, datetime(2029, 4, 2, 8, 30), None],  # noqa: DTZ001 (workbooks know no zones)
        ]
    )
    assert [row.cells for row in rows_of(path)] == [
        ("甲公司", "990100120105", "2029-04-02", "12"),
        ("乙", "1.5", "2029-04-02 08:30:00"),
    ]


def test_a_merged_title_above_the_header_is_skipped(book: Book) -> None:
    path = book([["江州市名录", None], ["机构名称", "地址"], ["甲公司", "一号"]], merged=("A1:B1",))
    (row,) = rows_of(path)
    assert (row.number, row.cells) == (3, ("甲公司", "一号"))


def test_a_region_merged_over_rows_is_given_to_each(book: Book) -> None:
    path = book(
        [["地区", "机构名称"], ["临江区", "甲公司"], [None, "乙公司"], ["青石县", "丙公司"]],
        merged=("A2:A3",),
    )
    assert [row.cells for row in rows_of(path, anchors=(1,))] == [
        ("临江区", "甲公司"),
        ("临江区", "乙公司"),
        ("青石县", "丙公司"),
    ]


def test_a_name_merged_over_rows_makes_one_row_of_several_lines(book: Book) -> None:
    path = book(
        [["机构名称", "许可证编号"], ["甲公司", "A1"], [None, "A2"], ["乙公司", "B1"]], merged=("A2:A3",)
    )
    first, second = rows_of(path)
    assert first.lines_at(1) == ["A1", "A2"]
    assert second.number == 4


def test_a_header_of_two_lines_is_put_together(book: Book) -> None:
    path = book(
        [
            ["机构名称", "许可证", None, "地址"],
            [None, "许可证编号", "有效期至", None],
            ["甲公司", "A1", "2029-04-02", "一号"],
        ],
        merged=("A1:A2", "B1:C1", "D1:D2"),
    )
    with open_table(path, known=KNOWN) as table:
        assert table.header == ("机构名称", "许可证编号", "有效期至", "地址")
        assert [row.cells for row in table.rows([0])] == [("甲公司", "A1", "2029-04-02", "一号")]


def test_the_first_sheet_with_a_table_is_taken(book: Book) -> None:
    path = book([["机构名称", "地址"], ["甲公司", "一号"]], before=[["填表说明"]])
    assert rows_of(path)[0].cells == ("甲公司", "一号")


def test_a_named_sheet_is_taken_or_missed(book: Book) -> None:
    path = book([["机构名称", "地址"], ["甲公司", "一号"]], before=[["机构名称", "地址"], ["旧公司", "零号"]])
    assert rows_of(path, sheet="名录")[0].cells[0] == "甲公司"
    with pytest.raises(TableError, match="Its sheets are: 说明, 名录"):
        rows_of(path, sheet="nowhere")


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(TableError, match="an archive, not"):
        rows_of(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 50_000_000)
    with pytest.raises(TableError, match="too much for a table"):
        rows_of(path)


def test_a_damaged_workbook_is_refused(book: Book) -> None:
    path = book([["机构名称", "地址"], ["甲公司", "一号"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(TableError, match="damaged"):
        rows_of(path)


def test_a_sheet_merged_without_end_is_refused(book: Book) -> None:
    path = book([["机构名称", "地址"], ["甲公司", "一号"]], merged=("A2:A3",))
    rewrite(path, "xl/worksheets/sheet1.xml", b"A2:A3", b"A2:A1048576")
    with pytest.raises(TableError, match="too many merged cells"):
        rows_of(path)
