"""Alerts as messages of the Common Alerting Protocol (OASIS CAP 1.2): what other systems are told."""
