"""The tables of one world. The live world and a drill world each have a database of their own (R1)."""

from alerts.store.tables.alert import alerts, revisions
from alerts.store.tables.audit import audit, audit_head
from alerts.store.tables.base import metadata
from alerts.store.tables.channel import dispatches, postings, replays, subscribers
from alerts.store.tables.delivery import chunks, deliveries, held_back, messages
from alerts.store.tables.device import device_districts, devices
from alerts.store.tables.display import displays
from alerts.store.tables.drill import drill_runs
from alerts.store.tables.feed import feed_entries, feeds, traffic
from alerts.store.tables.office import drafts, office_alerts, sendings
from alerts.store.tables.people import (
    challenges,
    known_browsers,
    login_failures,
    officers,
    passkeys,
    people_requests,
    recovery_codes,
    sessions,
)
from alerts.store.tables.proof import proofs
from alerts.store.tables.proposal import proposals
from alerts.store.tables.receipt import receipts
from alerts.store.tables.received import hazard_states, telegrams, units
from alerts.store.tables.registration_key import registration_keys
from alerts.store.tables.rules import rule_versions
from alerts.store.tables.sharing import follows, share_codes, share_failures
from alerts.store.tables.shelter_pass import shelter_passes
from alerts.store.tables.site import openings, sites
from alerts.store.tables.watch import alarms, heartbeats
from alerts.store.tables.world import meta, versions

__all__ = [
    "alarms",
    "alerts",
    "audit",
    "audit_head",
    "challenges",
    "chunks",
    "deliveries",
    "device_districts",
    "devices",
    "dispatches",
    "displays",
    "drafts",
    "drill_runs",
    "feed_entries",
    "feeds",
    "follows",
    "hazard_states",
    "heartbeats",
    "held_back",
    "known_browsers",
    "login_failures",
    "messages",
    "meta",
    "metadata",
    "office_alerts",
    "officers",
    "openings",
    "passkeys",
    "people_requests",
    "postings",
    "proofs",
    "proposals",
    "receipts",
    "recovery_codes",
    "registration_keys",
    "replays",
    "revisions",
    "rule_versions",
    "sendings",
    "sessions",
    "share_codes",
    "share_failures",
    "shelter_passes",
    "sites",
    "subscribers",
    "telegrams",
    "traffic",
    "units",
    "versions",
]
