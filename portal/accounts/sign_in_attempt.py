"""A failed sign-in, counted in PostgreSQL so that the count survives a lost Valkey."""

import uuid
from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, new_id


class SignInAttempt(Base):
    """Holds hashes only: nobody can read from it who tried to sign in from where."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    account_hash: Mapped[bytes] = mapped_column(LargeBinary)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    occurred_at: Mapped[datetime]
