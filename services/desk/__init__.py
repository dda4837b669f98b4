"""Desk: the web page that managers and caseworkers read. It owns nothing and publishes nothing.

It follows the KV bucket ``projections`` (``source`` → ``hub``), lays each document out as a card (``documents`` →
``cards`` → ``templates``) and sends a card again to every open page when it changes (``live``). Only sums leave it:
no citizen is on this page, and a caller sees the municipalities that the token names.

The page is plain HTML that works without scripts. Being live is 100 lines of our own (``static/live.js``) over the
browser's EventSource rather than htmx with its SSE extension: a swap must keep opened definitions, the focus and a
quiet screen reader, all of which a page with htmx would have to script as well, and the script that says that the
connection is gone must not depend on a library having connected. htmx is right once there are forms here.
"""
