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
        like(event.deep_get("area"), "sso")
        or has(event.get("controls"), "sso")
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*SSO*")
        or like(event.deep_get("category_type"), "*SAML*")
        or like(event.deep_get("category_type"), "*Single Sign*"))
        and ((like(event.deep_get("operation_detail"), "*Single Sign-On*")
        or like(event.deep_get("operation_detail"), "*Single Sign On*")
        or like(event.deep_get("operation_detail"), "*SAML*")
        or like(event.deep_get("operation_detail"), "* SSO*")
        or like(event.deep_get("operation_detail"), "*(SSO*"))
        or like(event.deep_get("operation_detail"), "SSO*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom SSO or SAML Configuration Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
