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
        (like(event.deep_get("target_type"), "app")
        and (like(event.deep_get("detail", "verb"), "Add")
        or like(event.deep_get("detail", "verb"), "Create")
        or like(event.deep_get("detail", "verb"), "Install")
        or like(event.deep_get("detail", "verb"), "Import")
        or like(event.deep_get("detail", "verb"), "Approve")
        or like(event.deep_get("detail", "verb"), "Enable")
        or like(event.deep_get("detail", "verb"), "Activate")
        or like(event.deep_get("detail", "verb"), "Share")))
        or (any((like(change.get("setting"), "*pre-approv*")
        or like(change.get("setting"), "*preapprov*")
        or like(change.get("setting"), "*approve app*"))
        and (like(change.get("direction"), "weakened")
        or like(change.get("direction"), "unlocked")) for change in changes_of(event)))
        or ((like(event.deep_get("detail", "section"), "*OAuth app*")
        or like(event.deep_get("detail", "section"), "*app marketplace*"))
        and has(event.get("weakened"), "app_approval"))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Marketplace*")
        or like(event.deep_get("category_type"), "*App*")
        or like(event.deep_get("category_type"), "*Integration*"))
        and (like(event.deep_get("operation_detail"), "*Install App*")
        or like(event.deep_get("operation_detail"), "*Approve App*")
        or like(event.deep_get("operation_detail"), "*Pre-approve*")
        or like(event.deep_get("operation_detail"), "*Preapprove*")
        or like(event.deep_get("operation_detail"), "*OAuth app*to Activated*")
        or like(event.deep_get("operation_detail"), "*OAuth app*from Off to On*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom App Installed, Approved or Activated, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
