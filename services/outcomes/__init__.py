"""Outcomes: what came of it - companies, agreements, orders, matchmaking, placements - and the effect of every effort.

It owns companies and their agreements and contacts, job orders and the interest in them, matchmaking events and
meetings, placements from agreement to end, targets, and the projections of effect (``effect``).

It publishes company-*, agreement-*, order-*, event-*, meeting-*, placement-* and target-set; interest-* and
citizen-introduced come by file alone until there is a job app. It reacts to what intake, assessment and courses tell:
the projector reads every event that an indicator counts, from all services, and writes the effect projections.
"""
