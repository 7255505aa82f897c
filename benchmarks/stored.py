"""What benchmarks store for the notebooks to show: a row a measure, written anew by each script."""

from pathlib import Path

TIMELINE = Path(__file__).parent.parent / "src" / "helpers" / "timeline" / "timeline_measured.tsv"
_HEAD = """\
# What the rules of the timeline reached on texts annotated by others, or with days moved by a script.
# Written by benchmarks/dates.py, events.py and accounts.py with --write; 04 shows it. The rules were written
# with these texts in view, so expect less on others.
"""


def store(rules: str, rows: list[tuple[str, str, int, float]]) -> None:
    """Write the rows of one script (texts, measure, n, reached) in place of its former ones."""
    lines = TIMELINE.read_text(encoding="utf-8").splitlines() if TIMELINE.is_file() else []
    others = [
        line for line in lines if line and line[0] != "#" and not line.startswith((f"{rules}\t", "rules\t"))
    ]
    new = [f"{rules}\t{texts}\t{measure}\t{n}\t{reached:.3f}" for texts, measure, n, reached in rows]
    body = ["rules\ttexts\tmeasure\tn\treached", *sorted([*others, *new])]
    TIMELINE.write_text(_HEAD + "\n".join(body) + "\n", encoding="utf-8")
