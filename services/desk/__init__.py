"""Desk: the pages that the jobcenter's people work at. It owns nothing and publishes nothing.

Two kinds of pages. *Hvad virker?* shows figures: the desk follows the KV bucket ``projections`` (``source`` →
``hub``), lays each document out as a card (``documents`` → ``cards`` → ``templates``) and sends a card again to every
open page when it changes (``live``). All others are a package for each part (``efforts``, ``citizens``, ``cohorts``,
``workshops``, ``companies``, ``access_log``, ``operations``): a page asks the services for whoever looks (``sheet`` →
``services``), sends her commands there, and looks again when something it is about has changed (``changes`` →
``following``).

Who comes in is the business of ``door``. Every page is plain HTML that works without scripts. Being live is two small
scripts of our own (``static/live.js``, ``static/follow.js``) over the browser's EventSource rather than htmx with its
SSE extension: a swap must keep opened definitions, the focus, what somebody is typing and a quiet screen reader, all
of which a page with htmx would have to script as well, and what says that the connection is gone must not depend on a
library having connected. Charts are SVG made here: they are there without scripts and on paper, which a plotting
library's are not.
"""
