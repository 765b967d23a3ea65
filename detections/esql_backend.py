"""Elastic's ES|QL for the fields of docs/readers/elastic.md: those of a flat record, under `zoom.`.

ES|QL compares case by case, takes a field with several values as none, and drops an event if a negated field is absent.
The public backend leaves it at that, and a detection has to find them.
"""

from sigma.backends.elasticsearch import ESQLBackend
from sigma.types import SpecialChars

from fields import LISTS, part_of_change, pattern_of

END = "\\n"


def _escaped(text: str) -> str:
    """A text in lower case inside a pattern of LIKE inside a literal."""
    for character in ("\\", "*", "?"):
        text = text.replace(character, f"\\{character}")
    return text.lower().replace("\\", "\\\\").replace('"', '\\"')


class ZoomESQLBackend(ESQLBackend):
    """Lists are compared as one text in which each value has a line of its own."""

    convert_or_as_in = False
    state_defaults = {"index": "logs-*,filebeat-*", "metadata": "_id, _index, _version"}

    def escape_and_quote_field(self, field):
        return super().escape_and_quote_field(field if field == "@timestamp" else f"zoom.{field}")

    def convert_condition_field_eq_val_str(self, cond, state):
        field = self.escape_and_quote_field(cond.field)
        pattern = pattern_of(cond.value, "*", _escaped)
        if cond.field not in LISTS and part_of_change(cond.field) is None:
            return f'to_lower({field}) like "{pattern}"'
        pattern = f"{END}{pattern}{END}"
        if cond.value.startswith(SpecialChars.WILDCARD_MULTI):
            pattern = pattern.removeprefix(END)
        if cond.value.endswith(SpecialChars.WILDCARD_MULTI):
            pattern = pattern.removesuffix(END)
        around = ("" if pattern.startswith("*") else "*", "" if pattern.endswith("*") else "*")
        lines = f'concat("{END}", to_lower(mv_concat({field}, "{END}")), "{END}")'
        return f'{lines} like "{around[0]}{pattern}{around[1]}"'

    def convert_condition_not(self, cond, state):
        negated = super().convert_condition_not(cond, state)
        token = self.not_token + self.token_separator
        return f"{token}coalesce({negated.removeprefix(token)}, false)"
