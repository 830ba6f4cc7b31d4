"""`make bench`: run every measurement, or the ones named on the command line."""

import importlib
import sys

MEASUREMENTS = ("published", "recall", "short_names", "lookups", "desk_load")


def main(names: list[str]) -> int:
    """Run the measurements and return 1 when a goal is missed."""
    missed = 0
    for name in names or MEASUREMENTS:
        missed += importlib.import_module(f"tests.bench.{name}").main()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
