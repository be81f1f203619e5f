"""Turns a tree of Python source into byte code that no clock and no path can change.

Run as a program of its own - `compiling.py SOURCE PLACE` - with PYTHONHASHSEED=0: what an interpreter has done before
shows in the bytes it writes; only a fresh one, doing the same in the same order, writes the same twice."""

import py_compile
import shutil
import sys
from pathlib import Path

UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compile_tree(source: Path, place: Path, kept: tuple[str, ...] = ()) -> int:
    """Write every `x.py` below `source` as `x.pyc` below `place`, other files as they are; how many were compiled.

    What lies below a folder named in `kept` stays source. Raises py_compile.PyCompileError."""
    count = 0
    for path in sorted(source.rglob("*")):
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        name = path.relative_to(source).as_posix()
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".py" and not name.startswith(kept):
            compiled = str(target.with_suffix(".pyc"))
            py_compile.compile(
                str(path), compiled, name, doraise=True, optimize=0, invalidation_mode=UNCHECKED, quiet=1
            )
            count += 1
        else:
            shutil.copyfile(path, target)
    return count


if __name__ == "__main__":
    print(compile_tree(Path(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:])))
