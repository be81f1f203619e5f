"""Turns a bill (building.sbom) into CycloneDX; run as a script by an interpreter that has cyclonedx-python-lib."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL


def main(bill: Path, out: Path) -> int:
    """Write the bill as CycloneDX 1.6; 1 with the reason, and no file, when it does not meet the schema."""
    said = json.loads(bill.read_text("utf-8"))
    text = JsonV1Dot6(bom_of(said)).output_as_string(indent=1) + "\n"
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    out.write_text(text, "utf-8")
    return 0


def bom_of(said: dict[str, Any]) -> Bom:
    """The bill as the library's model."""
    made = {each["ref"]: component(each) for each in said["components"]}
    first, *others = said["components"]
    root = made[first["ref"]]
    root.type = ComponentType.APPLICATION
    root.properties.add(Property(name="famgui:product", value=said["product"]))
    bom = Bom(serial_number=UUID(said["serial"]), components=[made[each["ref"]] for each in others])
    bom.metadata.timestamp = datetime.fromisoformat(said["timestamp"])
    bom.metadata.component = root
    for each in said["components"]:
        bom.register_dependency(made[each["ref"]], [made[ref] for ref in each["needs"]])
    return bom


def component(each: dict[str, Any]) -> Component:
    """One component."""
    page = each["page"]
    links = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(page))] if page else []
    return Component(
        name=each["name"],
        version=each["version"] or None,
        type=ComponentType.LIBRARY,
        bom_ref=each["ref"],
        purl=PackageURL.from_string(each["ref"]),
        licenses=[LicenseFactory().make_from_string(each["licence"])] if each["licence"] else [],
        external_references=links,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
