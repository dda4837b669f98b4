"""What every service needs, and no domain decisions: contracts, messaging, persistence, web, privacy, telemetry."""
