"""Figures for Prometheus, one registry a service. No label ever carries an id."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """What a service counts and measures."""

    def __init__(self, service: str):
        self.registry = CollectorRegistry()
        self._service = service
        self._requests = Histogram(
            "loeft_request_seconds",
            "Time of commands and queries, commit included.",
            ["service", "name", "method", "status"],
            registry=self.registry,
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5),
        )
        self._events = Counter(
            "loeft_events_total", "Events appended to the log.", ["service", "event"], registry=self.registry
        )

    def request(self, name: str, method: str, status: int, seconds: float) -> None:
        """Note one answered request."""
        self._requests.labels(self._service, name, method, str(status)).observe(seconds)

    def event(self, name: str) -> None:
        """Note one appended event."""
        self._events.labels(self._service, name).inc()

    def gauge(self, name: str, meaning: str, value: Callable[[], float], **labels: str) -> None:
        """A value that is asked for each time someone looks."""
        gauge = Gauge(name, meaning, ["service", *labels], registry=self.registry)
        gauge.labels(self._service, *labels.values()).set_function(value)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
