"""The bill of materials of a product: every package in it, every library in those, and what needs what."""

import json
import tomllib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from building.natives import Native
from building.pieces import Piece, pieces_in, required
from building.plan import ROOT, Plan
from building.tools import Fault, run
from building.toolsvenv import tools_python

WRITER = Path(__file__).with_name("cyclonedx_writer.py")
OWN = "famgui"
SERIALS = uuid.UUID("5b0a6f53-7f0e-5b7c-9d38-2c5f0a3a2f11")
"""The name space of serial numbers: one for each commit and product, the same in every build of it."""


class Component(TypedDict):
    """A component as the writer reads it. `ref` is its package URL; `needs` are refs; `licence` may be empty."""

    ref: str
    name: str
    version: str
    licence: str
    page: str
    needs: list[str]


class Bill(TypedDict):
    """A bill of materials as the writer reads it; the first component is the program."""

    serial: str
    timestamp: str
    product: str
    components: list[Component]


def write_sbom(plan: Plan, name: str, site: Path | Sequence[Piece], natives: Sequence[Native], out: Path) -> str:
    """Write a product's bill as CycloneDX 1.6 JSON, checked against its schema; how many components it names.

    `site`: the folder of the product's packages, or what `pieces_in` found there; `name` is the product's. Raises Fault
    when a package is missing or the schema is not met; then there is no file.
    """
    bill = describe(plan, name, site, natives)
    out.parent.mkdir(parents=True, exist_ok=True)
    described = out.with_name(f".{out.name}.bill")
    half = out.with_name(f".{out.name}.part")
    try:
        described.write_text(json.dumps(bill, ensure_ascii=False), "utf-8")
        run([tools_python(plan), "-I", WRITER, described, half], env=plan.environment(), timeout=600)
        half.replace(out)
    finally:
        described.unlink(missing_ok=True)
        half.unlink(missing_ok=True)
    return f"{len(bill['components'])} components"


def describe(plan: Plan, name: str, site: Path | Sequence[Piece], natives: Sequence[Native]) -> Bill:
    """The bill of a product; nothing in it depends on when or where it is made."""
    pieces = {piece.key: piece for piece in (pieces_in(site) if isinstance(site, Path) else site)}
    direct = {key for words in _declared() if (key := required(words))}
    missing = sorted(direct - pieces.keys())
    if missing:
        raise Fault(f"The product lacks {', '.join(missing)}, which pyproject.toml asks for; make it anew.")
    carried = {key: [native.purl for native in natives if native.carrier == key] for key in pieces}
    unclaimed = [native.purl for native in natives if native.carrier not in pieces]
    own: Component = {
        "ref": f"pkg:generic/{OWN}@{plan.version}",
        "name": OWN,
        "version": plan.version,
        "licence": "MIT",
        "page": "",
        "needs": sorted({pieces[key].purl for key in direct} | set(unclaimed)),
    }
    parts = {part["ref"]: part for part in _parts(pieces, carried, natives)}
    return {
        "serial": str(uuid.uuid5(SERIALS, f"{plan.commit} {name}")),
        "timestamp": datetime.fromtimestamp(plan.epoch, UTC).isoformat(),
        "product": name,
        "components": [own, *(parts[ref] for ref in sorted(parts))],
    }


def _parts(pieces: dict[str, Piece], carried: dict[str, list[str]], natives: Sequence[Native]) -> list[Component]:
    """Every component but the program; of two that are the same the last counts: a package's parts know least."""
    found = [
        _component(each.purl, each.name, each.version, each.licence, "", [])
        for piece in pieces.values()
        for each in piece.inner
    ]
    for key, piece in pieces.items():
        needs = [pieces[other].purl for other in piece.needs if other in pieces]
        inside = [each.purl for each in piece.inner]
        needs = sorted({*needs, *inside, *carried[key]} - {piece.purl})
        found.append(_component(piece.purl, piece.name, piece.version, piece.licence, piece.page, needs))
    return found + [_component(one.purl, one.name, one.version, one.licence, one.page, []) for one in natives]


def _component(ref: str, name: str, version: str, licence: str, page: str, needs: list[str]) -> Component:
    return {"ref": ref, "name": name, "version": version, "licence": licence, "page": page, "needs": needs}


def _declared() -> list[str]:
    """What the program asks for, as pyproject.toml has it."""
    declared: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return declared
