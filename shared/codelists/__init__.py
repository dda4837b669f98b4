"""Public code lists as data with validity in time: a case keeps the code that was valid on its day."""
