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
        and (like(event.deep_get("event_type"), "user.role_change")
        or like(event.deep_get("target_type"), "user")))
        or (like(event.deep_get("target_type"), "role")
        and like(event.deep_get("detail", "verb"), "Assign")
        and (like(event.deep_get("target_name"), "*Owner*")
        or like(event.deep_get("target_name"), "*Admin*")))
        or ((like(event.deep_get("category_type"), "*User*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*Assign Role Owner*")
        or like(event.deep_get("operation_detail"), "*Assign Role Co-Owner*")
        or like(event.deep_get("operation_detail"), "*Assign Role Admin*")
        or like(event.deep_get("operation_detail"), "*Assign Role Billing Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to *Administrator*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to Super Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to Co-Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: from * to Billing Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: set to Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: set to Co-Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: set to Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: set to Billing Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: Co-Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: Billing Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: to Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: to Co-Owner*")
        or like(event.deep_get("operation_detail"), "* Role*: to Admin*")
        or like(event.deep_get("operation_detail"), "* Role*: to Billing Admin*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom User Promoted to Privileged Role, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
