"""Panther's rules in Python, for the schema Custom.Zoom.Operation of docs/readers/panther.md.

The public backend of Panther compares case by case and takes no lists, so this one writes the condition itself.
"""

import json

import yaml
from sigma.conditions import ConditionAND, ConditionNOT, ConditionOR
from sigma.conversion.base import TextQueryBackend
from sigma.exceptions import SigmaFeatureNotSupportedByBackendError

from fields import LISTS, OneChange, part_of_change

LOG_TYPE = "Custom.Zoom.Operation"
HELPERS = '''\
import re


def like(value, pattern):
    """Whether a text matches a pattern, in any case: * is any text."""
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    return value is not None and re.fullmatch(expression, str(value), re.IGNORECASE | re.DOTALL) is not None


def has(values, wanted):
    """Whether a list has a value."""
    return wanted in (values or [])


def changes_of(event):
    return event.deep_get("detail", "changes", default=[])
'''


class ZoomPantherBackend(OneChange, TextQueryBackend):
    """The condition of a rule as an expression of Python."""

    name = "Panther rules in Python"
    formats = {"default": "An expression of Python"}
    precedence = (ConditionNOT, ConditionAND, ConditionOR)
    parenthesize = True
    group_expression = "({expr})"
    token_separator = " "
    or_token = "\n        or"
    and_token = "\n        and"
    not_token = "not"
    convert_or_as_in = False
    convert_and_as_in = False

    # A correlation is its base rule, with a threshold that is not part of the condition.
    correlation_methods = {"threshold": "threshold of matches"}
    default_correlation_method = "threshold"
    default_correlation_query = {"threshold": "{search}{aggregate}{condition}"}
    correlation_search_single_rule_expression = "{query}"
    event_count_aggregation_expression = {"threshold": ""}
    event_count_condition_expression = {"threshold": ""}
    value_count_aggregation_expression = {"threshold": ""}
    value_count_condition_expression = {"threshold": ""}
    groupby_expression = {"threshold": ""}
    groupby_field_expression = {"threshold": ""}
    groupby_field_expression_joiner = {"threshold": ""}

    def convert_correlation_temporal_ordered_rule(self, rule, output_format=None, method="default"):
        raise SigmaFeatureNotSupportedByBackendError("Sequences are not converted to Panther.")

    def some_change(self, condition):
        return f"any({condition} for change in changes_of(event))"

    def convert_condition_field_eq_val_str(self, cond, state):
        value = json.dumps(str(cond.value), ensure_ascii=False)
        part = part_of_change(cond.field)
        if part is not None:
            return f'like(change.get("{part}"), {value})'
        if cond.field in LISTS:
            return f'has(event.get("{cond.field}"), {value.lower()})'
        path = ", ".join(f'"{name}"' for name in cond.field.split("."))
        return f"like(event.deep_get({path}), {value})"


def to_python(title: str, condition: str) -> str:
    """The module of a rule."""
    title_with_operator = json.dumps(f"{title}, by {{operator}}")
    return f"""{HELPERS}

def rule(event):
    return (
        {condition}
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f{title_with_operator}


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
"""


def to_metadata(rule: dict, file: str) -> str:
    """What Panther keeps beside the module: names, severity, texts, and how many matches within which time."""
    name = "".join(word.title() for word in file.removesuffix(".py").split("-"))
    techniques = [tag.removeprefix("attack.").upper() for tag in rule["tags"] if tag.startswith("attack.t1")]
    correlation = rule.get("correlation")
    return yaml.safe_dump(
        {
            "AnalysisType": "rule",
            "Filename": file,
            "RuleID": f"Zoom.LogSource.{name}",
            "DisplayName": rule["title"],
            "Enabled": True,
            "LogTypes": [LOG_TYPE],
            "Severity": rule["level"].title(),
            "Tags": [f"ATT&CK:{technique}" for technique in techniques],
            "Description": rule["description"],
            "Runbook": rule["response"],
            "Threshold": correlation["condition"]["gte"] if correlation else 1,
            "DedupPeriodMinutes": 60,
        },
        sort_keys=False,
        width=120,
    )
