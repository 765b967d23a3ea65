-- title: Zoom SAML Mapping Grants Privileged Role
-- level: high
-- Made from auto-mapping-grants-admin.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%SSO%' ESCAPE '\'
  OR category_type ILIKE '%SAML%' ESCAPE '\'
  OR category_type ILIKE '%Single Sign%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Mapping%Role%: % to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % assign Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % assign Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % assign Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % assign Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % to %Administrator%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%Role%: % to Super Admin%' ESCAPE '\');
