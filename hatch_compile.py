"""Compiles the modules that read documents, with mypyc: the same source, two sets of forms, one result.

``compile_into(folder)`` writes extension modules and a manifest that says of which sources, for which Python. At run time
``salpi.compiled`` takes them where both still hold. Nothing is written into the source tree beside that folder.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE / "src"
NEEDS = ("mypy>=1.15", "numpy>=1.26", "setuptools>=70")
COMPILED = (
    "quantities/*.py",
    "claims/*.py",
    "judges/*.py",
    *("extract.py", "inline_tags.py", "occurrences.py", "once.py", "printable.py", "reading.py", "sentences.py", "table_tags.py"),
    *("tiles.py", "tokens.py", "wrapping.py", "documents/dates.py", "documents/days.py"),
)
"""Of ``salpi/evidence``: what a number passes through on its way from the text to a claim."""
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


def runtime() -> Any:
    """``salpi.compiled``, without the package."""
    spec = spec_from_file_location("salpi_compiled", SOURCES / "salpi" / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing() -> str | None:
    """What is not there and must be; None where all is."""
    command = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(command) is None:
        return f"no C compiler ({command}) was found"
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return None if header.is_file() else f"Python's headers are not installed ({header.name} is missing)"


def names() -> list[str]:
    """The modules that are compiled, by name."""
    evidence = SOURCES / "salpi" / "evidence"
    files = sorted({file for pattern in COMPILED for file in evidence.glob(pattern) if file.name != "__init__.py"})
    return [".".join(file.relative_to(SOURCES).with_suffix("").parts) for file in files]


def with_imports(modules: list[str]) -> list[str]:
    """Some modules and those of the package that they import."""
    found = set(modules)
    for name in modules:
        for node in ast.walk(ast.parse(_source(name).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("salpi."):
                asked = (node.module, *(f"{node.module}.{one.name}" for one in node.names))
                found.update(one for one in asked if _source(one).is_file())
    return sorted(found)


def _source(name: str) -> Path:
    return SOURCES / (name.replace(".", "/") + ".py")


def compile_into(folder: Path) -> None:
    """Compile in a process and a place of its own. Raises RuntimeError with the reason in one line."""
    why = missing()
    if why is not None:
        raise RuntimeError(why)
    with tempfile.TemporaryDirectory(prefix="salpi-compiled-") as place:
        done = subprocess.run([sys.executable, str(Path(__file__).resolve()), place], capture_output=True, text=True)
        if done.returncode != 0:
            told = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line.lower()]
            raise RuntimeError(told[0].strip() if told else f"the compiler ended with code {done.returncode}")
        try:
            with tempfile.TemporaryDirectory(prefix="_compiled-", dir=folder.parent) as beside:
                shutil.copytree(Path(place) / "made", made := Path(beside) / "made")
                if folder.exists():
                    folder.rename(Path(beside) / "before")
                made.rename(folder)
        except OSError as error:
            raise RuntimeError(f"{folder} cannot be written ({error})") from error


def with_constants(source: str) -> str:
    """The source with its constants declared as such, on the same lines: names in capitals that are assigned once, at the top."""
    tree, lines = ast.parse(source), source.split("\n")
    stored = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or not _CONSTANT.fullmatch(target.id) or stored[target.id] != 1 or _is_type(node):
            continue
        row, name = node.lineno - 1, target.id
        if isinstance(node, ast.Assign):
            lines[row] = f"{name}: Final{lines[row][len(name) :]}"
        elif node.value is not None and (kind := ast.get_source_segment(source, node.annotation)) and "Final" not in kind:
            lines[row] = f"{name}: Final[{kind}]{lines[row][len(name) + 2 + len(kind) :]}"
    return "\n".join(lines).replace("import annotations\n", "import annotations; from typing import Final\n", 1)


def _is_type(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") in ("TypeVar", "NewType")


def _build(place: Path) -> None:
    """In a process of its own: compile copies of the sources, and leave what came of it in ``place/made``."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    copied, made = place / "src", place / "made"
    shutil.copytree(SOURCES, copied, ignore=shutil.ignore_patterns("__pycache__", "_compiled", "*.npz", "plans", "*.wasm"))
    os.chdir(copied)
    modules = names()
    files = [name.replace(".", "/") + ".py" for name in modules]
    for file in files:
        path = copied / file
        path.write_text(with_constants(path.read_text("utf-8")), "utf-8")
    (place / "mypy.ini").write_text("[mypy]\nignore_errors = True\nignore_missing_imports = True\n", "utf-8")
    extensions = mypycify(
        [f"--config-file={place / 'mypy.ini'}", f"--cache-dir={place / 'cache'}", *files],
        opt_level="3",
        multi_file=True,
        target_dir=str(place / "c"),
    )
    for extension in extensions:
        extension.extra_compile_args += ["-ffp-contract=off", "-w"]  # the same bits as without
        extension.extra_link_args += ["-s"]

    class Parallel(build_ext):
        """Compiles the parts of an extension side by side."""

        def build_extensions(self) -> None:
            whole = self.compiler.compile

            def compile(sources: list[str], *given: Any, **named: Any) -> list[str]:
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    return [one for done in pool.map(lambda source: whole([source], *given, **named), sources) for one in done]

            self.compiler.compile = compile
            super().build_extensions()

    command = Parallel(Distribution({"name": "salpi", "ext_modules": extensions}))
    command.build_lib, command.build_temp, command.inplace = str(made), str(place / "objects"), False
    command.ensure_finalized()
    command.run()
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    there = {str(file.relative_to(made))[: -len(suffix)].replace(os.sep, "."): file for file in made.rglob(f"*{suffix}")}
    of = with_imports(modules)
    manifest = runtime().Manifest(
        python=suffix,
        of=of,
        sources=runtime().state(SOURCES, of),
        files={name: str(file.relative_to(made)) for name, file in sorted(there.items())},
    )
    (made / "manifest.json").write_text(json.dumps(manifest._asdict(), indent=1), "utf-8")


def main() -> None:
    """Compile for an editable install."""
    try:
        compile_into(SOURCES / "salpi" / "_compiled")
    except RuntimeError as why:
        sys.exit(f"not compiled: {why}")


if __name__ == "__main__":
    _build(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
