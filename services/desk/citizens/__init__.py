"""The caseworker's pages: the work list of citizens, one citizen with her next step and time line, and many at once.

Nobody has a name here: a citizen is shown by a short reference made from her random id. What is shown is asked of the
services for whoever looks (decision 0023); the time line is read from the stream once intake has let her see the
citizen.
"""
