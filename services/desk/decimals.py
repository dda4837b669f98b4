"""Numbers with decimals as Danes write them. Pure."""


def said(value: float) -> str:
    """``37``, ``18,5``."""
    return f"{value:g}".replace(".", ",")


def read(text: str) -> str:
    """``18,5`` and ``1.250,5`` as computers write them; where there is no comma a point is what computers mean by it.

    What is no number stays as it is, for whoever reads it next to refuse.
    """
    return text.strip().replace(".", "").replace(",", ".") if "," in text else text.strip()
