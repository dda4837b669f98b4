"""What a running service tells: JSON lines, figures for Prometheus, and the trace that an event carries."""
