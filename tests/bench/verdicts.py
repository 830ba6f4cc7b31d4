"""Verdicts: each figure beside its goal, met or not."""


class Verdicts:
    """Prints figures against goals and counts those that are missed."""

    def __init__(self) -> None:
        """Begin with none missed."""
        self.missed = 0

    def judge(self, what: str, figure: float, most: float) -> None:
        """Print a figure and whether it stays within its goal."""
        self.missed += figure > most
        print(f"{what}: {figure:.2f} (goal ≤ {most:g}) {'met' if figure <= most else 'NOT MET'}")
