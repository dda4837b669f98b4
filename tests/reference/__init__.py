"""An independent reading of docs/indicators.md: the figures counted by brute force, to check the projector against.

Nothing here imports the product. ``truth`` turns events into plain persons and companies, ``effect`` counts them,
``histories`` makes up random histories that sit on the edges of the rules.
"""
