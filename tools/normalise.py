"""Write notebooks in the one form in which they are committed.

Outputs stay (they are what nbval checks); what would differ from run to run goes. Usage:

    python tools/normalise.py NOTEBOOK...                    rewrite those that differ
    python tools/normalise.py --check NOTEBOOK...            name those that differ, exit 1
    python tools/normalise.py --executed DIR NOTEBOOK...     take over the outputs of DIR/<name>
"""

import hashlib
import sys
from pathlib import Path

import click
import nbformat

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def normal_form(notebook: nbformat.NotebookNode) -> str:
    """The text of a notebook in normal form.

    Execution counts run from 1, ids are kept (made from the source where there is none), of all metadata
    only the kernel's name, cell tags and the description of a figure stay, and the cell that papermill
    injects goes.
    """
    notebook = nbformat.from_dict({**notebook, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5})
    notebook.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    executed = 0
    for position, cell in enumerate(notebook.cells):
        source = f"{position}:{cell.source}".encode()
        cell["id"] = cell.get("id") or hashlib.sha256(source).hexdigest()[:8]
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": sorted(tags)} if tags else {})
        if cell.cell_type == "code":
            executed += 1
            cell.execution_count = executed if cell.source.strip() else None
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
        text = normal_form(nbformat.read(source, as_version=4))
        if text != path.read_text(encoding="utf-8"):
            differ.append(path)
            if not check:
                path.write_text(text, encoding="utf-8")
    for path in differ:
        click.echo(f"{path}: not in normal form (run: make notebooks)" if check else f"{path}: rewritten")
    sys.exit(bool(check and differ))


if __name__ == "__main__":
    main()
