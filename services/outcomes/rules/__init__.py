"""Pure decisions of outcomes, one noun a file: what is known and a command in, events out, or a refusal."""
