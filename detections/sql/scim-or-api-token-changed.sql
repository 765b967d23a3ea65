-- title: Zoom SCIM or API Credential Changed
-- level: high
-- Made from scim-or-api-token-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%SSO%' ESCAPE '\'
  OR category_type ILIKE '%SAML%' ESCAPE '\'
  OR category_type ILIKE '%Single Sign%' ESCAPE '\'
  OR category_type ILIKE '%Integration%' ESCAPE '\'
  OR category_type ILIKE '%Marketplace%' ESCAPE '\'
  OR category_type ILIKE '%App%' ESCAPE '\'
  OR category_type ILIKE '%Advanced%' ESCAPE '\') AND ((len(list_filter(detail.changes, lambda change: (change.setting ILIKE '%SCIM%' ESCAPE '\'
  OR change.setting ILIKE '%API Token%' ESCAPE '\'
  OR change.setting ILIKE '%API Key%' ESCAPE '\'
  OR change.setting ILIKE '%API Secret%' ESCAPE '\'
  OR change.setting ILIKE '%Client Secret%' ESCAPE '\'
  OR change.setting ILIKE '%JWT%' ESCAPE '\') AND (change.direction ILIKE 'changed'
  OR change.direction ILIKE 'weakened'
  OR change.direction ILIKE 'unlocked'))) > 0)
  OR (detail.section ILIKE '%SCIM%' ESCAPE '\'
  OR detail.section ILIKE '%API Key%' ESCAPE '\'
  OR detail.section ILIKE '%API Token%' ESCAPE '\')
  OR ((operation_detail ILIKE '%SCIM%' ESCAPE '\'
  OR operation_detail ILIKE '%API Token%' ESCAPE '\'
  OR operation_detail ILIKE '%API Key%' ESCAPE '\'
  OR operation_detail ILIKE '%API Secret%' ESCAPE '\'
  OR operation_detail ILIKE '%Client Secret%' ESCAPE '\'
  OR operation_detail ILIKE '%JWT%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false))));
