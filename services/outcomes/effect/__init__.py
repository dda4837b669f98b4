"""Effect: does an effort work, for whom, and how sure are we? Pure functions from facts to figures.

Read it in this order; each step is one file, and none of them does I/O, looks at a clock or draws a random number:

1. ``fact``           one event, as little of it as the indicators need; ``days`` turns its times into Danish days
2. ``history``        what an entity's facts say about one thing, whatever order they came in
3. ``citizen``, ``placements``, ``participation``   a citizen's groups, placements and participations
4. ``contributions``  one entity's facts -> a multiset of ``cells``; a projection is the sum over all entities
                      (``funnel``, ``upskilled``, ``reach``, ``agreements``, ``service_goal``: the rule of one kind
                      of cell each, on ``intervals`` of days; ``layout`` tells cells of an earlier release from today's)
5. ``references``     courses and cohorts, joined when figures are read
6. ``catalogue``      each ``indicator`` as versioned data: what is counted, among whom, and where it comes from
7. ``steps``          from which day on a cell counts as what, under the keys of a ``cut`` (``frame``, ``subjects``);
                      rules of several indicators are in ``placed``, ``stages``, ``standing``, ``competence``
8. ``figures``        cells + references -> each ``figure`` as of a day, with its ``estimates``; ``timelines`` keep the
                      steps of a question for every day
9. ``groups``         what is published, and of which persons it tells; ``telling`` what may be told of them beside all
                      that was told before, as of the last days of ``quarters``

The binding definitions are the catalogue's; docs/decisions/0003 says why cells are records of outcomes.
"""
