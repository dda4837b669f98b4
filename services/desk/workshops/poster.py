"""The QR code of the poster for the door, as an image that prints sharply."""

from io import BytesIO

import segno

MARGIN = 4
"""Empty modules around the code: scanners need them."""


def qr_code(address: str) -> bytes:
    """An SVG with the address. A seventh of it may be dirty or torn; more would make it finer and harder to scan."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=MARGIN, omitsize=True, light="#fff")
    return out.getvalue()
