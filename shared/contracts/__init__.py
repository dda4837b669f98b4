"""The public interface: every event that travels on the bus, its envelope, its schemas and its history.

An event is one file: ``shared/contracts/<producer>/<event_name>.py``. Add, never break: ``loeft contracts check``
compares this code with the golden schemas and refuses what would break a consumer.
"""
