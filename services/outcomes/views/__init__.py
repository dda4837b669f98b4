"""What callers may see of outcomes' state. What is asked about is the caller's municipality's, or not there."""

from services.outcomes.views import companies, contacts, events, orders, placements, targets

__all__ = ["companies", "contacts", "events", "orders", "placements", "targets"]
