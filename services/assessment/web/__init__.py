"""The citizen's pages: the same steps as the JSON interface, drawn as plain HTML forms.

Reading order: ``door`` (the link, the cookie, and what a refusal looks like), ``opening`` and ``sitting`` (the routes),
``form`` and ``answer`` (from what a browser sends to a response), ``results``, ``profile`` and ``profile_pdf``. Every
step is taken by the endpoint functions of ``services/assessment/api``; nothing is decided here. No page needs a script,
and there is none.
"""
