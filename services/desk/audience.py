"""For whom an effort is, in few words. Pure."""

from collections.abc import Iterable

from shared import danish

SHORT = {
    "1": "dagpengemodtagere",
    "2": "jobparate kontanthjælpsmodtagere",
    "3": "aktivitetsparate kontanthjælpsmodtagere",
    "4": "uddannelsesparate under 30",
    "5": "aktivitetsparate under 30",
    "6": "sygedagpengemodtagere",
    "7": "jobafklaringsforløb",
    "8": "ressourceforløb",
    "9": "fleksjobvisiterede",
    "10": "revalidender",
    "11": "førtidspensionister",
    "12": "selvforsørgende ledige",
    "13": "unge under 18",
}
"""The target groups of LAB § 6 as people say them; the whole names are in ``shared/codelists``."""


def audience(codes: Iterable[str] | None) -> str:
    """``For dagpengemodtagere og sygedagpengemodtagere``; a course without target groups is for everybody.

    None (nobody has told yet) says nothing.
    """
    if codes is None:
        return ""
    named = [SHORT.get(code, f"målgruppe {code}") for code in codes]
    return f"For {danish.joined(named)}" if named else "For alle målgrupper"
