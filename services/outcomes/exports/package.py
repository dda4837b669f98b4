"""A package: the file of one answer, and the contract that describes it."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.outcomes.asked import Asked
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.exports.contract import contract, resource, sha256
from services.outcomes.exports.figures import INTERNAL, PUBLIC, about, figure_table
from services.outcomes.exports.file import File, Format, file_of

MADE = (1980, 1, 1, 0, 0, 0)
"""Time of the members of a zip: the same content always gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Package:
    """A file with its data contract."""

    file: File
    contract: dict[str, Any]

    @property
    def format(self) -> Format:
        """How the file is written."""
        return self.file.format

    def zipped(self) -> bytes:
        """Both in one zip: ``<name>`` and ``datapackage.json``, the name by which tools look for it."""
        out = io.BytesIO()
        described = json.dumps(self.contract, ensure_ascii=False, indent=2).encode()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in ((self.file.name, self.file.body), ("datapackage.json", described)):
                member = zipfile.ZipInfo(name, MADE)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, body)
        return out.getvalue()


def package(asked: Asked, rows: Sequence[Mapping[str, Any]], written_as: Format, *, k: int | None) -> Package:
    """The rows of an answer as a file with its contract; ``k`` is what they were protected by, None if they were not.

    Then they are true counts for internal use, and the file's name, its lines and the contract say so.
    """
    indicator = CATALOGUE[asked.indicator]
    table = figure_table(indicator, rows, asked.by, asked.as_of, internal=k is None)
    file = file_of(table, written_as, about(indicator, asked.as_of, k))
    loeft = {
        "indicator": indicator.key,
        "definition": indicator.definition_da,
        "definition_version": indicator.version,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "exclusions": indicator.exclusions,
        "maturity": indicator.maturity,
        "source": indicator.source,
        "owner": indicator.owner,
        "municipality": asked.municipality,
        "as_of": asked.as_of.isoformat(),
        "as_known": None if asked.known is None else asked.known.isoformat(),
        "by": list(asked.by),
        "window": asked.window if indicator.windows else None,
        "use": INTERNAL if k is None else PUBLIC,
        "smallest_group": k,
        "rows": len(rows),
        "sha256": sha256(file),
    }
    return Package(file, contract(indicator.title_da, [resource(table, file)], loeft))
