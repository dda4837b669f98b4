"""HTTP the same way everywhere: one request one transaction, default deny, problems in clear words, probes, figures."""

from shared.web.principal import Principal, Role
from shared.web.route import OpenLinks, Tx, allow, router, routes_of
from shared.web.service import Service

__all__ = ["OpenLinks", "Principal", "Role", "Service", "Tx", "allow", "router", "routes_of"]
