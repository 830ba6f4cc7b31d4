"""Invented published lists: rows shaped like the real ones, codes with a valid check character."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import columns, uscc
from chengxin.agencies.importing import Result, import_list
from chengxin.core.tables import open_table
from chengxin.core.tables.columns import all_names
from chengxin.core.tables.report import Outcome, RowReport

HEADER = "统一社会信用代码,机构名称,曾用名,别名,许可证编号,许可状态,有效期至,地区,地址,服务项目"
ENGLISH = "name,classification,license_status,license_status_date,license_expiration_date,is_valid,municipality,city_province"


def code(number: int) -> str:
    """Return a valid credit code of the invented region."""
    body = f"91990101MA{number:07d}"
    return body + (uscc.check_character(body) or "")


def row(number: int = 1, **cells: str) -> str:
    """Return a row of the Chinese list; every cell has a default of its own."""
    given = {
        "uscc": code(number),
        "name": f"江州{number}号人力资源有限公司",
        "former": "",
        "alias": "",
        "licence": f"(江)人服证字〔2026〕第{number:07d}号",
        "status": "有效",
        "valid_to": "2031-01-31",
        "region": "江州市",
        "address": f"江州市滨江路{number}号",
        "services": "劳务派遣；猎头",
        **cells,
    }
    return ",".join(f'"{cell}"' for cell in given.values())


def listed(*rows: str, header: str = HEADER) -> str:
    """Return a list as text."""
    return "\n".join((header, *rows)) + "\n"


class Imports:
    """Imports lists into one session and keeps the reports of the last one."""

    def __init__(self, session: Session, folder: Path) -> None:
        """Keep where to write the lists."""
        self.session = session
        self.folder = folder
        self.reports: list[RowReport] = []

    def __call__(self, text: str, *, source: str = "name list", **options: Any) -> Result:
        """Import a list."""
        path = self.folder / "list.csv"
        path.write_text(text, encoding="utf-8")
        self.reports = []
        said = options.pop("said", {})
        with open_table(path, known=all_names(columns.NAMES, said)) as table:
            return import_list(
                self.session,
                actor="command",
                table=table,
                source=source,
                said=said,
                tell=self.reports.append,
                **options,
            )

    @property
    def outcomes(self) -> list[Outcome]:
        """Return what became of each row."""
        return [report.outcome for report in self.reports]


Import = Callable[..., Result]
