"""The kernel of the adaptive test: numbers in, numbers out; no clock, no chance of its own, no file, no database.

Read in this order: ``item`` (2PL), ``prior`` (five correlated abilities), ``pool`` (a bank's items), ``posterior``
(what is known after the answers), ``interval``, ``levels``, ``rule`` (the thresholds), ``design`` (these together),
``estimate`` (a result), ``worth`` and ``stopping`` (when an area is done), ``candidates``, ``choice`` and ``exposure``
(the next item), ``simulation`` and ``forecast`` (before the start), ``gain`` (after a retest). docs/assessment.md
tells the method and its figures.

The same answers, items and seed give the same bits: the order of the answers makes no difference, sums have a fixed
order, and nothing uses threads, BLAS or numpy's exp.
"""
