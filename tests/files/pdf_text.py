"""What a reader of a PDF finds when it searches."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader


def text_of(file: Path | bytes) -> str:
    """The text of all pages."""
    return "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(file) if isinstance(file, bytes) else file).pages
    )
