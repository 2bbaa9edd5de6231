"""What a service can be set to."""

import os

from pydantic import BaseModel, ConfigDict, Field

KEYS_VARIABLE = "ADVISOR_KEYS"


def environment_keys() -> tuple[str, ...]:
    """Return the keys that the environment lists, comma-separated, newest first."""
    listed = os.environ.get(KEYS_VARIABLE, "").split(",")
    return tuple(key.strip() for key in listed if key.strip())


class Settings(BaseModel):
    """How the service behaves; the defaults suit one process behind no proxy.

    `keys` sign the conversations, newest first; without any those in ADVISOR_KEYS do.
    `origins` are the sites that may call from a browser. `trusted_proxies` are addresses or
    networks whose X-Forwarded-For counts. `rate` is a limit for each client address
    ("120/minute"; empty for none), kept in `rate_storage`. `journal` is a folder for the
    questions asked; without it none is kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus: tuple[str, ...] | None = None
    intents: str | None = None
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    rate: str = "120/minute"
    rate_storage: str = "memory://"
    max_body: int = Field(default=65_536, ge=1_024)
    max_text: int = Field(default=2_000, ge=1)
    max_state: int = Field(default=16_384, ge=1_024)
    body_seconds: float = Field(default=10, gt=0)
    state_days: int = Field(default=7, ge=1)
    max_waiting: int = Field(default=64, ge=1)
    journal: str | None = None
    journal_days: int = Field(default=30, ge=1)
    reload_on_hangup: bool = False
    watch_seconds: float = Field(default=0, ge=0)
    demo: bool = True
