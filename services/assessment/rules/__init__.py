"""Pure decisions: measurements, demands and courses go in, an event comes out or ``Refused`` says why not."""
