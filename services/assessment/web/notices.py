"""What a citizen reads above the page when what she did could not be done: what happened, and where she is now."""

from services.assessment.rules.session import Status

ELSEWHERE = "Det er måske sket i et andet vindue eller på en anden enhed."
NOTICES = {
    "question-answered": "Det spørgsmål var allerede besvaret eller sprunget over. "
    f"{ELSEWHERE} Et svar tæller kun én gang. Her er det spørgsmål, du er nået til.",
    "question-not-asked": "Det spørgsmål er du ikke nået til endnu. Her er det, du er nået til.",
    "test-offered": "Testen er ikke begyndt endnu. Begynd her.",
    "test-running": f"Testen er i gang. {ELSEWHERE} Her er det spørgsmål, du er nået til.",
    "test-paused": f"Testen er sat på pause. {ELSEWHERE} Dit svar blev ikke gemt. Fortsæt, så får du spørgsmålet igen.",
    "test-finished": f"Testen er færdig. {ELSEWHERE} Her kan du se dit resultat.",
}
ENDED: dict[str, Status] = {"test-expired": "expired", "test-lapsed": "lapsed"}


def notice(code: str) -> str:
    """What happened; nothing for an end, whose page says it."""
    return NOTICES.get(code, "")


def ended_by(code: str) -> Status | None:
    """The end that a refusal tells of."""
    return ENDED.get(code)
