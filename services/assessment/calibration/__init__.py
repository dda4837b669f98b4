"""Calibration: what a and b the answers say, and whether items are as hard for everybody. Offline; only proposals.

Read in this order: ``responses`` (what was answered), ``answered`` (the same from the service's log), ``population``
(the five abilities), ``estimation`` (a and b by marginal maximum likelihood), ``standard_errors``, ``enough`` (when an
item may be used so), ``strata`` and ``differential`` (items that work otherwise on a phone or in another language),
``proposal`` (the report and the file). Only ``answered`` reads the database. Decision 0020 says why not a library.
"""
