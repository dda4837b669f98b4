"""Delivery: topology as data, one codec, the relay that alone publishes, reactions, and what is parked."""
