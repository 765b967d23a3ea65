-- title: Zoom Vanity URL Changed
-- level: medium
-- Made from vanity-url-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%SSO%' ESCAPE '\') AND ((len(list_filter(detail.changes, lambda change: change.setting ILIKE '%Vanity%' ESCAPE '\'
  OR change.setting ILIKE '%Custom URL%' ESCAPE '\')) > 0)
  OR detail.section ILIKE '%Vanity%' ESCAPE '\'
  OR ((operation_detail ILIKE '%Vanity%' ESCAPE '\'
  OR operation_detail ILIKE '%Custom URL%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false))));
