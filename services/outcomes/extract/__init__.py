"""Research extracts: participations as a project's researchers get them, pseudonymised, generalised and logged.

``record.py`` says what is taken from a history, ``pseudonym.py`` gives ids that hold in one project only,
``generalisation.py`` and ``anonymity.py`` see to it that nobody stands alone, ``participations.py`` is the table,
``ledger.py`` keeps which project got what, ``making.py`` puts it together. What leaves is still personal data.
"""
