"""How a lost database shows itself to those who need not know what a database is (R30)."""

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from alerts.store.database import DatabaseNotReadyError

OUTAGES: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeoutError, DatabaseNotReadyError)
"""What a use case raises when the database cannot be reached, is busy for too long, or has no tables."""
