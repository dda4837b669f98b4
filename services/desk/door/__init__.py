"""The door of the desk: who comes in, how they sign in and out, and for how long they stay."""
