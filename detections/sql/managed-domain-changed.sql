-- title: Zoom Managed or Associated Domain Changed
-- level: high
-- Made from managed-domain-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'domain')
  OR list_contains(unlocked, 'domain')
  OR (len(list_filter(detail.changes, lambda change: change.control ILIKE 'domain' AND change.direction ILIKE 'changed')) > 0)
  OR (target_type ILIKE 'domain' AND (NOT coalesce(verb ILIKE 'read', false)))
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Associated Domain%' ESCAPE '\'
  OR operation_detail ILIKE '%Managed Domain%' ESCAPE '\'
  OR operation_detail ILIKE '%same domain%' ESCAPE '\'
  OR operation_detail ILIKE '%specific domains%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)) AND (NOT coalesce(verb ILIKE 'read', false)));
