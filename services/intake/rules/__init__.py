"""Pure decisions: the present state and a wish go in, an event comes out or ``Refused`` says why not and what to do."""
