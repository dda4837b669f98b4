"""The manager's pages: one effort in depth as of any day, the targets, decisions about pilots, figures as files.

Figures come from outcomes' interface, as the caller may see them: whoever works with the citizens sees true counts, an
analyst what is published. Courses and pilots come from courses. What is laid out is laid out by pure functions; the
list of all efforts and its cards are the front page's (``services/desk/cards.py``).
"""
