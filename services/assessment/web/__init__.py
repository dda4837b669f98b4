"""The citizen's pages: the same steps as the JSON interface, drawn as plain HTML forms.

Reading order: ``door`` (the link and the cookie), ``opening`` and ``sitting`` (the routes), ``answer`` (from what a
browser sends to a response), ``results``, ``profile`` and ``profile_pdf``. Every step is taken by the endpoint
functions of ``services/assessment/api``; nothing is decided here. No page needs a script, and there is none.
"""
