"""An independent reading of the indicators' definitions: the figures counted by brute force, to check the product with.

``truth`` turns events into plain persons, ``effect`` (with ``funnel``, ``reach``, ``companies``) counts them; neither
imports the product. ``histories`` (with ``lives`` and ``ledger``) makes up random histories on the edges of the
rules. ``comparison`` is the one module that knows both sides.
"""
