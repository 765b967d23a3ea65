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
        ((like(event.deep_get("category_type"), "*User*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (has(event.get("target_emails"), "collector-admin@example.com")
        or (has(event.get("any_emails"), "collector-admin@example.com")
        and (not like(event.deep_get("actor_email"), "collector-admin@example.com"))))
        and ((like(event.deep_get("area"), "role")
        or (like(event.deep_get("event_type"), "user.delete")
        or like(event.deep_get("event_type"), "user.deactivate")
        or like(event.deep_get("event_type"), "user.unlink")))
        or ((like(event.deep_get("operation_detail"), "*Change Role*")
        or like(event.deep_get("operation_detail"), "* Role: *")
        or like(event.deep_get("operation_detail"), "*Deactivate*")
        or like(event.deep_get("operation_detail"), "*Delete*")
        or like(event.deep_get("operation_detail"), "*Remove*"))
        and (not like(event.deep_get("detail", "status"), "full")))))
        or (like(event.deep_get("category_type"), "*Role*")
        and (like(event.deep_get("operation_detail"), "*Report*: from View to None*")
        or like(event.deep_get("operation_detail"), "*Report*: from View to Off*")
        or like(event.deep_get("operation_detail"), "*Report*: from View, Edit to None*")
        or like(event.deep_get("operation_detail"), "*Report*: from View, Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Report*: from Edit to None*")
        or like(event.deep_get("operation_detail"), "*Report*: from Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Report*: from On to None*")
        or like(event.deep_get("operation_detail"), "*Report*: from On to Off*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from View to None*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from View to Off*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from View, Edit to None*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from View, Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from Edit to None*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from On to None*")
        or like(event.deep_get("operation_detail"), "*Activity Log*: from On to Off*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from View to None*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from View to Off*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from View, Edit to None*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from View, Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from Edit to None*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from Edit to Off*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from On to None*")
        or like(event.deep_get("operation_detail"), "*Sign In/Sign Out*: from On to Off*")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Log Collection Loses Its Administrator, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
