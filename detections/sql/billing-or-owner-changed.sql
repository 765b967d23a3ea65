-- title: Zoom Billing, Plan or Account Owner Changed
-- level: medium
-- Made from billing-or-owner-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((area ILIKE 'billing'
  OR (category_type ILIKE '%Billing%' ESCAPE '\'
  OR category_type ILIKE '%Subscription%' ESCAPE '\')) AND (NOT coalesce(verb ILIKE 'read', false)))
  OR (category_type ILIKE 'Account%' ESCAPE '\' AND ((len(list_filter(detail.changes, lambda change: change.setting ILIKE 'Owner'
  OR change.setting ILIKE 'Account Owner'
  OR change.setting ILIKE 'Ownership'
  OR change.setting ILIKE 'Change Owner'
  OR change.setting ILIKE 'Account Owner Email')) > 0)
  OR ((operation_detail ILIKE '%Account Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Ownership%' ESCAPE '\'
  OR operation_detail ILIKE '%Change Owner%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)))));
