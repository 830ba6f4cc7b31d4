"""Read tables as they are really published: CSV in any usual encoding, XLSX, titles, merged cells."""

from chengxin.core.tables.opening import open_table
from chengxin.core.tables.shape import Row, Table, TableError, fold_header

__all__ = ["Row", "Table", "TableError", "fold_header", "open_table"]
