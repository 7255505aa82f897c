"""JupyterLab as `make lab` starts it, in a browser: every notebook runs to its end, the explorer explores.

It works on a copy of the notebooks and the seeds, for Lab saves what it runs.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from helpers import paths

NOTEBOOKS = [*sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")), paths.NOTEBOOKS / "explore.ipynb"]
READY = """window.jupyterapp && jupyterapp.shell.currentWidget?.context?.isReady
    && jupyterapp.shell.currentWidget.context.path === `notebooks/${NAME}`"""
RUN_ALL = """async () => {
    const {context} = jupyterapp.shell.currentWidget;
    await context.sessionContext.ready;
    await jupyterapp.commands.execute('notebook:run-all-cells');
    await context.save();
}"""
ASK = """async code => {
    const {context} = jupyterapp.shell.currentWidget;
    await context.sessionContext.ready;
    const asked = context.sessionContext.session.kernel.requestExecute({code});
    let said = '';
    asked.onIOPub = message => { said += message.content.text ?? ''; };
    await asked.done;
    return said;
}"""
WAIT = 180  # seconds, for a loaded machine: the longest notebook takes about ten


@pytest.fixture(scope="module")
def home(chromium, tmp_path_factory):
    made = tmp_path_factory.mktemp("lab")
    shutil.copytree(paths.NOTEBOOKS, made / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(paths.DATA / "seeds", made / "data" / "seeds")
    return made


@pytest.fixture(scope="module")
def lab(home):
    """What the running server says of itself."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    asked = f"--no-browser --allow-root --port={port} --LabApp.expose_app_in_browser=True"
    runtime = home / "runtime"
    here = {
        "HOME": home,
        "JUPYTER_RUNTIME_DIR": runtime,
        "PARALLAX_HOME": home,
        "JUPYTER_CONFIG_DIR": home / "c",
    }
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            ["make", "-C", str(paths.ROOT), "lab", f"ARGS={asked}"],
            env=os.environ | {name: str(value) for name, value in here.items()},
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + WAIT
        while not (known := [*runtime.glob("jpserver-*.json")]) and time.monotonic() < end:
            assert server.poll() is None, (home / "log").read_text()
            time.sleep(0.2)
        time.sleep(0.5)
        yield json.loads(known[0].read_text())
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


@pytest.fixture
def opened(browser, lab):
    """Opens a notebook in Lab: `page = opened("01_ingestion.ipynb")`; nothing is asked for elsewhere."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    asked = []
    context.on("request", lambda request: asked.append(request.url))

    def opening(name: str) -> object:
        page = context.new_page()
        page.set_default_timeout(WAIT * 1000)
        page.goto(f"{lab['url']}lab/tree/notebooks/{name}?token={lab['token']}&reset")
        page.wait_for_function(READY.replace("${NAME}", name))
        return page

    yield opening
    context.close()
    own = (lab["url"], lab["url"].replace("http", "ws", 1), "data:", "blob:")
    assert asked and not [url for url in asked if not url.startswith(own)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_run_all_ends_without_an_error_and_with_the_stored_outputs(opened, home, path):
    opened(path.name).evaluate(RUN_ALL)
    saved = home / "notebooks" / path.name
    done = nbformat.read(saved, as_version=4)
    code = [cell for cell in done.cells if cell.cell_type == "code"]
    assert code and all(cell.execution_count for cell in code)
    assert not [cell.source for cell in code for output in cell.outputs if output.output_type == "error"]
    subprocess.run([sys.executable, paths.ROOT / "tools" / "normalise.py", saved], check=True)
    assert saved.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_choices_in_the_explorer_change_what_is_shown(opened):
    page = opened("explore.ipynb")
    page.evaluate(RUN_ALL)
    page.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(6, 'start')")

    def choose(name: str, label: str) -> None:
        page.locator(".widget-dropdown", has_text=name).locator("select").select_option(label=label)

    views = page.locator(".widget-html")
    views.get_by_text("144 of 144 sentences").wait_for()
    choose("topic", "Energy")
    views.locator("mark", has_text="energy").first.wait_for()
    before = views.last.inner_text()
    choose("voice", "reported")
    views.get_by_text("5 of 144 sentences, in 3 of 5 texts").wait_for()
    expect(views.last).not_to_have_text(before, use_inner_text=True)  # each view is drawn on its own
    search = page.locator(".widget-text", has_text="search").locator("input")
    search.fill("/(/")
    search.press("Enter")
    views.get_by_text("Cannot search").wait_for()
    search.fill("submarine*")
    search.press("Enter")
    views.get_by_text("no sentence meets every choice").wait_for()


def test_the_kernel_is_the_environments(opened):
    said = opened("explore.ipynb").evaluate(ASK, "import sys; print(sys.executable)")
    assert Path(said.strip()).parent.samefile(Path(sys.executable).parent)


def test_the_server_listens_on_this_machine_alone_and_wants_its_token(lab):
    assert lab["hostname"] in ("localhost", "127.0.0.1")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab['url']}api/contents")
    assert urllib.request.urlopen(f"{lab['url']}api/contents?token={lab['token']}").status == 200
