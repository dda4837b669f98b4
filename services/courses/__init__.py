"""Courses: the efforts themselves, who is invited to them, who takes part, how it ends, and what it certifies.

Owns courses, pilots, cohorts (hold) with seats and waiting lines, invitations, enrolments, frozen rosters,
participations and certificates. Publishes every event of ``shared/contracts/courses`` about them. Reacts to intake's
``citizen-registered``, ``citizens-merged`` and ``citizen-erased`` (whom it may enrol), and to outcomes'
``placement-started``: an ordinary job ends the citizen's running participations as got_job, which is a success.
"""
