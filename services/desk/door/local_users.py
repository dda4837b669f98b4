"""Who can sign in on a machine of one's own: an invented person for every role that has a page, without a password."""

from dataclasses import dataclass

from shared.web import Role


@dataclass(frozen=True, slots=True)
class LocalUser:
    """One of them: what the form sends for her, what the page calls her, and what she is there for."""

    key: str
    title: str
    task: str
    role: Role
    unit: str | None = None
    """Her own (afdeling): one of those that the invented citizens belong to."""


LOCAL_USERS = (
    LocalUser("jobkonsulent", "Jobkonsulent", "Følger borgere, henviser og tilmelder", Role.CASEWORKER, "Nord"),
    LocalUser("ementor", "eMentor", "Holder digitale værksteder", Role.EMENTOR, "Nord"),
    LocalUser("virksomhedskonsulent", "Virksomhedskonsulent", "Taler med virksomheder", Role.COMPANY_DESK),
    LocalUser("leder", "Leder", "Ser, hvad der virker, og beslutter", Role.MANAGER),
    LocalUser("analytiker", "Analytiker", "Ser samlede tal", Role.ANALYST),
    LocalUser("dpo", "Databeskyttelsesrådgiver", "Ser, hvem der har set en borgers oplysninger", Role.DPO),
    LocalUser("ops", "Driftsansvarlig", "Ser, om systemet kører, som det skal", Role.OPERATOR),
)
BY_KEY = {user.key: user for user in LOCAL_USERS}
