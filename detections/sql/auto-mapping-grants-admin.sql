-- title: Zoom SAML Mapping Grants Privileged Role
-- level: high
-- Made from auto-mapping-grants-admin.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%SSO%' ESCAPE '\'
  OR category_type ILIKE '%SAML%' ESCAPE '\'
  OR category_type ILIKE '%Single Sign%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Mapping%: % to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: % to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: % to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: % to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Mapping%: Billing Admin%' ESCAPE '\');
