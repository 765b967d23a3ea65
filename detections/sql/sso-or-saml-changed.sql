-- title: Zoom SSO or SAML Configuration Changed
-- level: high
-- Made from sso-or-saml-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE area ILIKE 'sso'
  OR list_contains(controls, 'sso')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%SSO%' ESCAPE '\'
  OR category_type ILIKE '%SAML%' ESCAPE '\'
  OR category_type ILIKE '%Single Sign%' ESCAPE '\') AND ((operation_detail ILIKE '%Single Sign-On%' ESCAPE '\'
  OR operation_detail ILIKE '%Single Sign On%' ESCAPE '\'
  OR operation_detail ILIKE '%SAML%' ESCAPE '\'
  OR operation_detail ILIKE '% SSO%' ESCAPE '\'
  OR operation_detail ILIKE '%(SSO%' ESCAPE '\')
  OR operation_detail ILIKE 'SSO%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
