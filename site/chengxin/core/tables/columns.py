"""Match the columns of a file with the fields an import knows, by name or as the user says."""

from collections.abc import Iterable, Mapping, Sequence

from chengxin.core.tables.shape import TableError, fold_header

Names = Mapping[str, Sequence[str]]


def map_columns(header: Sequence[str], names: Names, said: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the columns of each field; what the user said about a column comes before its name."""
    by_name = {fold_header(name): field for field, words in names.items() for name in (field, *words)}
    spoken = {fold_header(column): field for column, field in said.items()}
    _refuse_strangers(header, names, said)
    found: dict[str, list[int]] = {}
    for at, title in enumerate(header):
        folded = fold_header(title)
        field = spoken[folded] if folded in spoken else by_name.get(folded) or by_name.get(_bare(folded), "")
        if field:
            found.setdefault(field, []).append(at)
    return found


def _refuse_strangers(header: Sequence[str], names: Names, said: Mapping[str, str]) -> None:
    titles = {fold_header(title) for title in header}
    for column, field in said.items():
        if fold_header(column) not in titles:
            raise TableError(f"The file has no column {column!r}. Its columns are: {shown(header)}.")
        if field and field not in names:
            raise TableError(f"There is no field {field!r}. The fields are: {', '.join(names)}.")


def _bare(folded: str) -> str:
    """Return a folded title without a bracketed remark, such as a unit."""
    return folded.split("(", 1)[0]


def unused(header: Sequence[str], columns: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the titles of the columns that no field takes."""
    used = {at for positions in columns.values() for at in positions}
    return [title for at, title in enumerate(header) if at not in used and title]


def shown(titles: Iterable[str]) -> str:
    """Return titles as a list a person can read."""
    return ", ".join(title.replace("\n", " ") for title in titles if title) or "none"


def all_names(names: Names, said: Mapping[str, str]) -> set[str]:
    """Return every name a header may be told by."""
    return {*names, *(word for words in names.values() for word in words), *said}
