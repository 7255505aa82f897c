#!/bin/sh
# Makes .venv hold exactly what requirements.lock lists, and this project itself (editable).
# Usage: sh tools/environment.sh   (PYTHON=/path/to/python3.11 chooses the interpreter)
set -eu
cd "$(dirname "$0")/.."
venv=.venv

fits='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

find_python() {
    # Candidates are tried by running them: a version manager's shim may exist and still fail.
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python; do
        if "$candidate" -c "$fits" >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    echo "No Python 3.11, 3.12 or 3.13 found. Install one (3.11 is the reference), or name it: make PYTHON=/path/to/python3.11 ..." >&2
    return 1
}

if ! "$venv/bin/python" -c "$fits" >/dev/null 2>&1; then
    python=$(find_python)
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "$python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python$version-venv" >&2
        exit 1
    fi
    echo "Making $venv with Python $version ($python)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

# uv installs in seconds what takes pip minutes; where it has no wheel, pip reads the same lock.
uv="$venv/bin/uv"
if [ ! -x "$uv" ]; then
    awk '/^uv==/ {inside = 1} inside {print} inside && !/\\$/ {exit}' requirements.lock >"$venv/uv.lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$venv/uv.lock" || echo "uv could not be installed; going on with pip (slower)" >&2
fi
export VIRTUAL_ENV="$PWD/$venv"
if [ -x "$uv" ]; then
    # --compile-bytecode: otherwise every kernel of every run compiles the libraries again
    # wherever PYTHONDONTWRITEBYTECODE is set.
    "$uv" pip sync --quiet --require-hashes --compile-bytecode requirements.lock
    "$uv" pip install --quiet --no-deps --no-build-isolation --editable .
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
# JupyterLab of this environment neither asks for news nor looks for updates: nothing is fetched at run time.
mkdir -p "$venv/share/jupyter/lab/settings"
cp tools/lab_overrides.json "$venv/share/jupyter/lab/settings/overrides.json"
touch "$venv/.ready"
echo "The environment is ready in $venv"
