"""Microsoft's KQL for the table ZoomOperation_CL of docs/readers/sentinel.md, by the public backend and with what it lacks:
fields with several values, parts of them, and correlations.
"""

import re

from sigma.backends.kusto import KustoBackend
from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import SigmaFeatureNotSupportedByBackendError

from fields import CHANGES, LISTS, part_of_change, pattern_of

TABLE = "ZoomOperation_CL"
TIME = "TimeGenerated"
# By where the text stands: alone, before a wildcard, behind one, between two.
OPERATORS = {
    (True,): "=~",
    (True, False): "startswith",
    (False, True): "endswith",
    (False, True, False): "contains",
}
_JSON_TEXT = '[^"]*'


def _regex(value, any_text: str) -> str:
    return pattern_of(value, any_text, lambda text: re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", text))


def _literal(text: str) -> str:
    """A text without escapes: only the quote is doubled."""
    return "@'" + text.replace("'", "''") + "'"


class ZoomKustoBackend(KustoBackend):
    """A change is found in the text of the changes, so that the parts of a condition may be those of different changes."""

    convert_or_as_in = False
    convert_and_as_in = False

    correlation_methods = {"stats": "counts per interval"}
    default_correlation_method = "stats"
    default_correlation_query = {"stats": "{search}\n{aggregate}\n| where {condition}"}
    correlation_search_single_rule_expression = f"{TABLE}\n| where {{query}}"
    event_count_aggregation_expression = {"stats": "| summarize event_count = count() by {groupby}"}
    event_count_condition_expression = {"stats": "event_count {op} {count}"}
    value_count_aggregation_expression = {
        "stats": "| mv-expand listed_value = {field} to typeof(string)\n"
        "| summarize value_count = dcount(listed_value) by {groupby}"
    }
    value_count_condition_expression = {"stats": "value_count {op} {count}"}
    groupby_expression = {"stats": "{fields}"}
    groupby_field_expression = {"stats": "{field}"}
    groupby_field_expression_joiner = {"stats": ", "}

    def convert_correlation_aggregation_from_template(self, rule, correlation_type, method, search):
        text = super().convert_correlation_aggregation_from_template(rule, correlation_type, method, search)
        return f"{text}, bin({TIME}, {rule.timespan.spec})"

    def convert_correlation_temporal_ordered_rule(self, rule, output_format=None, method="default"):
        raise SigmaFeatureNotSupportedByBackendError("Sequences are not converted to KQL.")

    def escape_and_quote_field(self, field):
        return f"tostring({field})" if "." in field else field

    def convert_condition_field_eq_val_str(self, cond, state):
        if cond.field in LISTS:
            return f"coalesce(set_has_element({cond.field}, {_literal(cond.value.to_plain().lower())}), false)"
        part = part_of_change(cond.field)
        if part is not None:
            pair = f'(?i)"{part}":"{_regex(cond.value, _JSON_TEXT)}"'
            return f"tostring({CHANGES}) matches regex {_literal(pair)}"
        field = self.escape_and_quote_field(cond.field)
        text = "".join(part for part in cond.value.s if isinstance(part, str))
        operator = OPERATORS.get(tuple(isinstance(part, str) for part in cond.value.s))
        if operator is not None:
            return f"{field} {operator} {_literal(text)}"
        whole = f"(?is)^{_regex(cond.value, '.*')}$"
        return f"{field} matches regex {_literal(whole)}"

    def finalize_query_default(self, rule, query, index, state):
        return query if isinstance(rule, SigmaCorrelationRule) else f"{TABLE}\n| where {query}"
