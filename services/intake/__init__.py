"""Intake: who the jobcenter's citizens are, what stands in their way, and what they are referred to.

Owns the citizens with what is known of them from which day on, their barriers, referrals and visits to workshops, and
the CPR vault: the one place in Løft that holds a CPR number. Keeps for the day that somebody waits at a workshop, not
who. Publishes ``citizen-registered``, ``citizen-changed``, ``citizen-left``, ``barrier-recorded``, ``referral-made``,
``referral-answered``, ``workshop-visited`` and ``workshop-visit-voided``. Reacts to courses' ``course-offered`` and
``course-changed`` (what a citizen may be referred to), ``course-closed`` and ``pilot-decided`` (to what no longer).
"""
