"""The page behind the QR code at a workshop's door: whoever opens it gets a number for today, and stays unknown.

Plain HTML forms without a script and without a cookie. ``door`` lets a link in and says in Danish what went wrong,
``check_in`` is the routes. The same link is everybody's at that door, so it may stand in the address.
"""
