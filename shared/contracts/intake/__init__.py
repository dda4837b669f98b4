"""Events that intake publishes."""
