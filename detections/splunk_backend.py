"""Splunk's SPL, with the names that Splunk gives to the values of lists: weakened{}, detail.changes{}.setting."""

from sigma.backends.splunk import SplunkBackend

from fields import CHANGES, LISTS, part_of_change


class ZoomSplunkBackend(SplunkBackend):
    """The public backend. Splunk compares without case, and a list with each of its values."""

    def escape_and_quote_field(self, field):
        part = part_of_change(field)
        if part is not None:
            return super().escape_and_quote_field(f"{CHANGES}{{}}.{part}")
        return super().escape_and_quote_field(f"{field}{{}}" if field in LISTS else field)
