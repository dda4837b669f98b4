"""What may happen with courses, cohorts and seats. Pure: state and command in, events out, or Refused."""
