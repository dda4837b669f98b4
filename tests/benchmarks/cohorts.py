"""How many cohorts of one course the invitations of the live measurement go to."""

COHORTS = 20
