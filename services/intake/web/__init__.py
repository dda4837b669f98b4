"""The page behind the QR code at a workshop's door: whoever opens it gets a number for today, and stays unknown.

Plain HTML forms without a script and without a cookie. ``door`` lets a link in, ``check_in`` is the routes, and
``refusals`` is what is said when there is no number. The same link is everybody's at that door, so it may stand in the
address.
"""
