"""DuckDB's SQL for the tables zoom_operation and zoom_activity, by the public backend and with what it leaves out.

The backend is made for trying rules on a file, so it compares case by case, lets an absent field silence a rule through a
negation, and counts over all of time. Sigma says otherwise on all three, and a detection has to.
"""

from sigma.conversion.base import TextQueryBackend
from sigma.correlations import SigmaCorrelationRule
from sigma_backend_duckdb.backend import DuckDBBackend

# The events that match, each with what it and those before it come to within the timespan; a group fires when the count
# is reached, and again only after it had fallen below.
SLIDING = """\
WITH matched AS (
  {search}
), counted AS (
  SELECT *, {aggregate} FROM matched
  WINDOW recent AS (
    {groupby} ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL {timespan} SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, {condition} AS is_reached FROM counted
)
SELECT * EXCLUDE is_reached FROM reached
QUALIFY is_reached AND NOT coalesce(lag(is_reached) OVER ({groupby} ORDER BY event_time, event_id), false)"""


class ZoomDuckDBBackend(DuckDBBackend):
    """Reads the table of a rule's service."""

    # A line for each alternative: people read the SQL, and compare its versions.
    or_token = "\n  OR"

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
    event_count_correlation_query = {"default": SLIDING}
    event_count_aggregation_expression = {"default": "COUNT(*) OVER recent AS event_count"}
    # The other templates of the public backend know no window, so they are refused until a rule needs them.
    value_count_correlation_query = None
    temporal_correlation_query = None
    temporal_ordered_correlation_query = None

    # The public backend looks for a column named timestamp in here; ours is none of its templates'.
    convert_correlation_rule_from_template = TextQueryBackend.convert_correlation_rule_from_template

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
