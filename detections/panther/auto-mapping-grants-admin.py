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
        or like(event.deep_get("category_type"), "*SSO*")
        or like(event.deep_get("category_type"), "*SAML*")
        or like(event.deep_get("category_type"), "*Single Sign*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*Mapping*Role*: * to Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * to Co-Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * to Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * to Billing Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * assign Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * assign Co-Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * assign Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * assign Billing Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: Co-Owner*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: Billing Admin*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * to *Administrator*")
        or like(event.deep_get("operation_detail"), "*Mapping*Role*: * to Super Admin*"))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom SAML Mapping Grants Privileged Role, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
