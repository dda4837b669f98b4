"""The competence profile as a tagged PDF (PDF/UA-1): readable aloud, and to be put beside a CV.

The fonts are the typesetter's own and are embedded: what a machine has installed makes no difference, and the same
profile gives the same file.
"""

from pathlib import Path

from services.assessment.web.profile import Profile

TEMPLATE = Path(__file__).parent / "profile.typ"


def pdf_of(profile: Profile) -> bytes:
    """The file."""
    import typst  # noqa: PLC0415 - forty megabytes that only who asks for a profile pays

    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"profile": profile.model_dump_json()},
    )
    return made
