"""Desk: the pages that the jobcenter's people work at. It owns nothing and publishes nothing.

Two kinds of pages. *Hvad virker?* shows figures: the desk follows the KV bucket ``projections`` (``source`` →
``hub``), lays each document out as a card (``documents`` → ``cards`` → ``templates``) and sends a card again to every
open page when it changes (``live``). All others are a package for each part (``efforts``, ``citizens``, ``cohorts``,
``workshops``, ``companies``, ``access_log``, ``operations``): a page asks the services for whoever looks (``sheet`` →
``services``), sends her commands there, and looks again when something it is about has changed (``changes`` →
``following``).

Who comes in is the business of ``door``. Every page is plain HTML that works without scripts. Being live is two small
scripts of our own (``static/live.js``, ``static/follow.js``) over the browser's EventSource (decision 0009); charts are
SVG made here, and forms are plain (decision 0024).
"""
