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
        (like(event.deep_get("area"), "license")
        or ((like(event.deep_get("category_type"), "*User*")
        or like(event.deep_get("category_type"), "*License*"))
        and (like(event.deep_get("operation_detail"), "*License: *")
        or like(event.deep_get("operation_detail"), "*License  - *")
        or like(event.deep_get("operation_detail"), "*License Type: *")
        or like(event.deep_get("operation_detail"), "*Change Type: from*")
        or like(event.deep_get("operation_detail"), "*User Type: from*"))
        and (not like(event.deep_get("detail", "status"), "full"))))
        and like(event.deep_get("action"), "SCIM*")
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Licenses Changed in Mass by Provisioning, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
