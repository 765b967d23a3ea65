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


def rule(event):
    return (
        (has(event.get("weakened"), "role")
        and like(event.deep_get("target_type"), "role")
        and like(event.deep_get("verb"), "update"))
        or ((like(event.deep_get("category_type"), "*Role*")
        and like(event.deep_get("verb"), "update"))
        and (like(event.deep_get("operation_detail"), "*: from None to *")
        or like(event.deep_get("operation_detail"), "*: from View to Edit*")
        or like(event.deep_get("operation_detail"), "*: from View to View, Edit*")
        or like(event.deep_get("operation_detail"), "*: from Off to On*")
        or like(event.deep_get("operation_detail"), "*: from Disabled to Enabled*")
        or like(event.deep_get("operation_detail"), "*: set to View*")
        or like(event.deep_get("operation_detail"), "*: set to Edit*")
        or like(event.deep_get("operation_detail"), "*: View, Edit*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Role Privileges Widened, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
