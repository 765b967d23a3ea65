-- title: Zoom Billing, Plan or Account Owner Changed
-- level: medium
-- Made from billing-or-owner-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((area ILIKE 'billing'
  OR (category_type ILIKE '%Billing%' ESCAPE '\'
  OR category_type ILIKE '%Subscription%' ESCAPE '\'
  OR category_type ILIKE '%Plan%' ESCAPE '\')) AND (NOT coalesce(verb ILIKE 'read', false)))
  OR (category_type ILIKE '%Account%' ESCAPE '\' AND (operation_detail ILIKE '%Account Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Ownership%' ESCAPE '\'
  OR operation_detail ILIKE '%Change Owner%' ESCAPE '\'));
