"""Which definitions are these? Cells that were counted by others must be counted again."""

from hashlib import sha256

from services.outcomes.effect import cells
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.contributions import READS


def fingerprint() -> str:
    """Changes with an indicator's version, with what is read of the events, and with what the cells hold."""
    versions = sorted(f"{row.key}:{row.version}" for row in CATALOGUE.values())
    records = sorted(
        f"{name}:{','.join(record._fields)}" for name, record in vars(cells).items() if hasattr(record, "_fields")
    )
    return sha256("\n".join([*versions, *sorted(READS), *records]).encode()).hexdigest()
