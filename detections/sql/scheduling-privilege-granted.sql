-- title: Zoom Scheduling Privilege Granted
-- level: low
-- Made from scheduling-privilege-granted.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (len(list_filter(detail.changes, lambda change: change.setting ILIKE '%schedul%privilege%' ESCAPE '\' AND change.new_value ILIKE '%@%' ESCAPE '\')) > 0)
  OR (operation_detail ILIKE '%schedul%privilege%' ESCAPE '\' AND operation_detail ILIKE '%@%' ESCAPE '\' AND (NOT coalesce(detail.status ILIKE 'full', false)) AND (NOT coalesce(verb ILIKE 'delete', false)) AND (NOT coalesce((operation_detail ILIKE '%Remove%' ESCAPE '\'
  OR operation_detail ILIKE '%Revoke%' ESCAPE '\'
  OR operation_detail ILIKE '%Unassign%' ESCAPE '\'
  OR operation_detail ILIKE '% to None%' ESCAPE '\'), false)));
