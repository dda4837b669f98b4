"""Courses and cohorts (hold) at the desk: seats and line, invitations, roster, attendance, ends, certificates.

``listing.py`` and ``cohort.py`` show, ``opening.py`` makes new ones; ``seats.py``, ``roster.py`` and
``certificates.py`` send the commands of a cohort's page; ``layout.py`` is what it shows, pure; ``calendar.py`` and
``ics.py`` are the calendar.
"""
