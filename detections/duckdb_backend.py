"""DuckDB's SQL for the tables zoom_operation and zoom_activity, by the public backend and with what it leaves out.

The backend is made for trying rules on a file, so it compares case by case, lets an absent field silence a rule through a
negation, and counts over all of time. Sigma says otherwise on all three, and a detection has to.
"""

import re

from sigma.conversion.base import TextQueryBackend
from sigma.correlations import SigmaCorrelationRule
from sigma_backend_duckdb.backend import DuckDBBackend

from fields import CHANGES, LISTS, OneChange, part_of_change

# The events that match, each with what it and those before it come to within the timespan; a group matches when the count
# is reached, and again only after it had fallen below, or a whole timespan later.
WINDOW = """\
  WINDOW recent AS (
    {groupby} ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL {timespan} SECONDS PRECEDING AND CURRENT ROW
  )"""
REACHED = """\
SELECT * EXCLUDE is_reached FROM reached
WINDOW before AS ({groupby} ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL {timespan} SECONDS, false)"""
EVENTS = f"""\
WITH matched AS (
  {{search}}
), counted AS (
  SELECT *, {{aggregate}} FROM matched
{WINDOW}
), reached AS (
  SELECT *, {{condition}} AS is_reached FROM counted
)
{REACHED}"""
# Each event once for each of its values, counted, and then once again.
VALUES = f"""\
WITH matched AS (
  {{search}}
), listed AS (
  SELECT *, {{aggregate}} FROM matched
), counted AS (
  SELECT *, COUNT(DISTINCT listed_value) OVER recent AS value_count FROM listed
{WINDOW}
), reached AS (
  SELECT * EXCLUDE listed_value, {{condition}} AS is_reached FROM counted
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY listed_value) = 1
)
{REACHED}"""
# The first event of the second rule after each event of the first, by the same person.
ORDERED = """\
WITH first_events AS (
  SELECT event_id AS first_event_id, CAST(event_time AS TIMESTAMP) AS first_time, {first_person} AS person
  FROM {first_table} WHERE {first}
), second_events AS (
  SELECT *, {second_person} AS person FROM {second_table} WHERE {second}
), sequences AS (
  SELECT second_events.*, first_event_id
  FROM second_events JOIN first_events USING (person)
  WHERE CAST(event_time AS TIMESTAMP) BETWEEN first_time AND first_time + INTERVAL {timespan} SECONDS
    AND event_id <> first_event_id
  QUALIFY row_number() OVER (PARTITION BY first_event_id, person ORDER BY event_time, event_id) = 1
)
SELECT * EXCLUDE first_event_id FROM sequences
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY first_event_id) = 1"""

# People without an address are told apart by their names.
ACTOR = "coalesce(actor_email, lower(actor_name))"


class ZoomDuckDBBackend(OneChange, DuckDBBackend):
    """Reads the table of a rule's service."""

    # A line for each alternative: people read the SQL, and compare its versions.
    or_token = "\n  OR"

    # A part of a struct: detail.status.
    field_quote_pattern = re.compile(r"^[a-z_.]+$")

    # LIKE without ESCAPE has no escape character in DuckDB, so a name with "_" in it would match any character there.
    escape_char = "\\"
    startswith_expression = "{field} ILIKE '{value}%' ESCAPE '\\'"
    endswith_expression = "{field} ILIKE '%{value}' ESCAPE '\\'"
    contains_expression = "{field} ILIKE '%{value}%' ESCAPE '\\'"
    wildcard_match_expression = "{field} ILIKE '{value}' ESCAPE '\\'"
    eq_token = " ILIKE "

    correlation_search_single_rule_expression = (
        "SELECT * FROM zoom_{rule.rule.logsource.service} WHERE {query}{normalization}"
    )
    groupby_expression = {"default": "PARTITION BY {fields}"}
    groupby_field_expression = {"default": "{field}"}
    event_count_correlation_query = {"default": EVENTS}
    event_count_aggregation_expression = {"default": "COUNT(*) OVER recent AS event_count"}
    value_count_correlation_query = {"default": VALUES}
    value_count_aggregation_expression = {"default": "unnest({field}) AS listed_value"}
    # The other templates of the public backend know no window, so they are refused until a rule needs them.
    temporal_correlation_query = None

    # The public backend looks for a column named timestamp in here; ours is none of its templates'.
    convert_correlation_rule_from_template = TextQueryBackend.convert_correlation_rule_from_template

    def escape_and_quote_field(self, field):
        part = part_of_change(field)
        return super().escape_and_quote_field(field if part is None else f"change.{part}")

    def some_change(self, condition):
        return f"len(list_filter({CHANGES}, lambda change: {condition})) > 0"

    def convert_condition_field_eq_val_str(self, cond, state):
        if cond.field in LISTS:
            value = cond.value.to_plain().lower().replace("'", "''")
            return f"list_contains({cond.field}, '{value}')"
        return super().convert_condition_field_eq_val_str(cond, state)

    def convert_correlation_aggregation_groupby_from_template(self, group_by, method):
        clause = super().convert_correlation_aggregation_groupby_from_template(group_by, method)
        return clause.replace("actor_email", ACTOR)

    def convert_correlation_temporal_ordered_rule(self, rule, output_format=None, method="default"):
        first, second = rule.rules
        (alias,) = rule.aliases
        if rule.group_by != [alias.alias]:
            raise NotImplementedError("A sequence is by the one alias of its rules.")
        parts = {"timespan": self.convert_timespan(rule.timespan, method)}
        for name, reference in (("first", first), ("second", second)):
            (parts[name],) = reference.rule.get_conversion_result()
            parts[f"{name}_table"] = f"zoom_{reference.rule.logsource.service}"
            field = alias.mapping[reference]
            parts[f"{name}_person"] = f"unnest({field})" if field in LISTS else field
        return [ORDERED.format(**parts)]

    def convert_condition_not(self, cond, state):
        """An absent field is not the value that a filter names: it must not make the whole condition unknown."""
        negated = super().convert_condition_not(cond, state)
        token = self.not_token + self.token_separator
        if isinstance(negated, str) and negated.startswith(token):
            return f"{token}coalesce({negated.removeprefix(token)}, false)"
        return negated

    def finalize_query_default(self, rule, query, index, state):
        if isinstance(rule, SigmaCorrelationRule):
            return query
        return f"SELECT * FROM zoom_{rule.logsource.service} WHERE {query}"
