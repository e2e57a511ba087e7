"""The registry of agencies and press-release wires: one TOML an agency, read once, looked up by any of its names.

What is known of one agency (names, domains, country, zone, feeds, habits) stands in `<agency>.toml` beside this
module; words that turn up around any agency's name stand in `words/forms.toml`. Rules that read datelines do not
live here; how a line credits an agency does (`credits`, with its words in `words/credits.toml`).
"""

from wirecopy.agencies.credits import credited_by, is_credit_line, read_credit
from wirecopy.agencies.naming import fold
from wirecopy.agencies.registry import Agency, AgencyFeed, DatelineHabit, Registry, registry

__all__ = [
    "Agency",
    "AgencyFeed",
    "DatelineHabit",
    "Registry",
    "credited_by",
    "fold",
    "is_credit_line",
    "read_credit",
    "registry",
]
