"""Where the project's folders are, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent.parent


def asset_folder(name: str) -> Path:
    """Return the folder of templates or static files: beside the code in a wheel, at the top of a checkout."""
    shipped = PACKAGE / name
    return shipped if shipped.is_dir() else CHECKOUT / name


def in_checkout() -> bool:
    """Return whether the code runs from a checkout rather than from an installed wheel."""
    return (CHECKOUT / "pyproject.toml").is_file()
