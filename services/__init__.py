"""The rooms: each service owns its database and its events, and imports no other service."""
