"""Exports: figures and extracts as files that analysts open, each with a data contract.

``table.py`` is what all writers are given; ``danish_csv.py``, ``spreadsheet.py`` and ``parquet.py`` write it,
``contract.py`` describes the written file, ``figures.py`` makes the table of figure rows. All are pure: bytes out.
"""
