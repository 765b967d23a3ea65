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
        ((like(event.deep_get("area"), "billing")
        or (like(event.deep_get("category_type"), "*Billing*")
        or like(event.deep_get("category_type"), "*Subscription*")))
        and (not like(event.deep_get("verb"), "read")))
        or (like(event.deep_get("category_type"), "Account*")
        and ((any(like(change.get("setting"), "Owner")
        or like(change.get("setting"), "Account Owner")
        or like(change.get("setting"), "Ownership")
        or like(change.get("setting"), "Change Owner")
        or like(change.get("setting"), "Account Owner Email") for change in changes_of(event)))
        or ((like(event.deep_get("operation_detail"), "*Account Owner*")
        or like(event.deep_get("operation_detail"), "*Ownership*")
        or like(event.deep_get("operation_detail"), "*Change Owner*"))
        and (not like(event.deep_get("detail", "status"), "full")))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Billing, Plan or Account Owner Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
