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
        has(event.get("weakened"), "sign_in_method")
        or has(event.get("unlocked"), "sign_in_method")
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*Sign-in Method*")
        or like(event.deep_get("operation_detail"), "*sign in with *")
        or like(event.deep_get("operation_detail"), "*email sign-in*"))
        and (like(event.deep_get("operation_detail"), "* from Off to On*")
        or like(event.deep_get("operation_detail"), "* from Disabled to Enabled*")
        or like(event.deep_get("operation_detail"), "* from No to Yes*")
        or like(event.deep_get("operation_detail"), "* from False to True*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to On*")
        or like(event.deep_get("operation_detail"), "*: set to Enabled*")
        or like(event.deep_get("operation_detail"), "*: set to Yes*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Sign-In Method Added, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
