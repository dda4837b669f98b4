"""Assessment: what a citizen can do digitally, what a job asks for, and the gap between the two.

Owns the adaptive test and its results with a level and interval for each competence area, job profiles and found gaps.
Publishes how a test began and ended (its answers stay here), ``job-profile-published``, ``job-profile-closed`` and
``gap-found``. Reacts to what intake tells of citizens (whom it may know, who is here), to ``course-offered``,
``course-changed`` and ``course-closed`` (what could close a gap), and to ``order-placed``, ``order-changed`` and
``order-closed`` (whom candidates are screened for).
"""
