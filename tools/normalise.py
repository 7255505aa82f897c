"""Write notebooks in the one form in which they are committed.

Outputs stay (they are what nbval checks), but for those of cells tagged `nbval-ignore-output`; what would
differ from run to run goes. Usage:

    python tools/normalise.py NOTEBOOK...                    rewrite those that differ
    python tools/normalise.py --check NOTEBOOK...            name those that differ, exit 1
    python tools/normalise.py --executed DIR NOTEBOOK...     take over the outputs of DIR/<name>
"""

import hashlib
import json
import sys
from pathlib import Path

import click
import nbformat

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
IGNORED = "nbval-ignore-output"  # nbval's own tag: the cell is run, its outputs are not compared


def read(source: Path) -> nbformat.NotebookNode:
    """Read a notebook; a cell without an id gets one made from its place and source, not a random one."""
    notebook = nbformat.read(source, as_version=4)
    stored = json.loads(source.read_text(encoding="utf-8"))["cells"]
    for position, (cell, as_stored) in enumerate(zip(notebook.cells, stored, strict=True)):
        if "id" not in as_stored:
            cell["id"] = hashlib.sha256(f"{position}:{cell.source}".encode()).hexdigest()[:8]
    return notebook


def normal_form(notebook: nbformat.NotebookNode) -> str:
    """The text of a notebook in normal form.

    Execution counts run from 1, ids are kept, of all metadata only the kernel's name, cell tags and the
    description of a figure stay, and the cell that papermill injects goes.
    """
    notebook = nbformat.from_dict({**notebook, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5})
    notebook.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    executed = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": sorted(tags)} if tags else {})
        if cell.cell_type == "code":
            executed += 1
            keeps = IGNORED not in cell.metadata.get("tags", [])
            cell.execution_count = executed if keeps and cell.source.strip() else None
            cell.outputs = cell.outputs if keeps else []
            for output in cell.outputs:
                _normalise_output(output, executed)
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def _normalise_output(output: nbformat.NotebookNode, executed: int) -> None:
    if "execution_count" in output:
        output.execution_count = executed
    if "metadata" in output:
        described = {mime: {"alt": m["alt"]} for mime, m in output.metadata.items() if "alt" in m}
        output.metadata = nbformat.from_dict(described)


@click.command(help=__doc__.splitlines()[0])
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a notebook is not in normal form.")
@click.option("--executed", type=click.Path(path_type=Path, exists=True), help="Where the executed ones lie.")
@click.argument("notebooks", type=click.Path(path_type=Path, exists=True), nargs=-1)
def main(check: bool, executed: Path | None, notebooks: tuple[Path, ...]) -> None:
    differ = []
    for path in notebooks:
        source = executed / path.name if executed else path
        text = normal_form(read(source))
        if text != path.read_text(encoding="utf-8"):
            differ.append(path)
            if not check:
                path.write_text(text, encoding="utf-8")
    for path in differ:
        click.echo(f"{path}: not in normal form (run: make notebooks)" if check else f"{path}: rewritten")
    sys.exit(bool(check and differ))


if __name__ == "__main__":
    main()
