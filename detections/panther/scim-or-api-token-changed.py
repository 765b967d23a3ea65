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
        (like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*SSO*")
        or like(event.deep_get("category_type"), "*SAML*")
        or like(event.deep_get("category_type"), "*Single Sign*")
        or like(event.deep_get("category_type"), "*Integration*")
        or like(event.deep_get("category_type"), "*Marketplace*")
        or like(event.deep_get("category_type"), "*App*")
        or like(event.deep_get("category_type"), "*Advanced*"))
        and ((any((like(change.get("setting"), "*SCIM*")
        or like(change.get("setting"), "*API Token*")
        or like(change.get("setting"), "*API Key*")
        or like(change.get("setting"), "*API Secret*")
        or like(change.get("setting"), "*Client Secret*")
        or like(change.get("setting"), "*JWT*"))
        and (like(change.get("direction"), "changed")
        or like(change.get("direction"), "weakened")
        or like(change.get("direction"), "unlocked")) for change in changes_of(event)))
        or (like(event.deep_get("detail", "section"), "*SCIM*")
        or like(event.deep_get("detail", "section"), "*API Key*")
        or like(event.deep_get("detail", "section"), "*API Token*"))
        or ((like(event.deep_get("operation_detail"), "*SCIM*")
        or like(event.deep_get("operation_detail"), "*API Token*")
        or like(event.deep_get("operation_detail"), "*API Key*")
        or like(event.deep_get("operation_detail"), "*API Secret*")
        or like(event.deep_get("operation_detail"), "*Client Secret*")
        or like(event.deep_get("operation_detail"), "*JWT*"))
        and (not like(event.deep_get("detail", "status"), "full"))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom SCIM or API Credential Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
