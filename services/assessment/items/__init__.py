"""The item bank: what an item is, how the bank is read and checked, and whether an answer is right.

Reading order: ``words``, ``item``, ``screen`` (what an item is), ``competence`` (DigComp), ``difficulty`` (a and b
while nothing is calibrated), ``bank``, ``scoring``, then ``loading`` with the checks. ``preview`` and ``statistics``
are for people who care for the bank. Only ``loading`` and ``preview_page`` read files; the rest is pure. The items
themselves are in ``services/assessment/bank``; how to write one is in ``docs/bank.md``.
"""
