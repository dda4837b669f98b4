"""Intake: who the jobcenter's citizens are, what stands in their way, and what they are referred to.

Owns the citizens with what is known of them from which day on, their barriers and referrals, and the CPR vault: the one
place in Løft that holds a CPR number. Publishes ``citizen-registered``, ``citizen-changed``, ``citizen-left``,
``barrier-recorded``, ``referral-made`` and ``referral-answered``. Reacts to courses' ``course-offered`` and
``course-changed`` (what a citizen may be referred to), ``course-closed`` and ``pilot-decided`` (to what no longer).
"""
