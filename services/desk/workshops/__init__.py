"""The eMentor at the desk: who waits at a workshop today, and a visit registered in three taps.

Made for a tablet that lies on the table. ``sites`` chooses where one is today, ``day`` is the list of the day and the
poster for the door, ``visits`` registers. Nobody knows who waits: the list is asked of intake without any citizen, and
only the page of the day's visits shows references of citizens, each read logged.
"""
