-- title: Zoom Role Given Members
-- level: low
-- Made from role-members-added.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((target_type ILIKE 'role' AND (len(list_filter(detail.changes, lambda change: (change.setting ILIKE 'Add Member%' ESCAPE '\'
  OR change.setting ILIKE 'Add User%' ESCAPE '\'
  OR change.setting ILIKE 'Members Added%' ESCAPE '\'
  OR change.setting ILIKE 'Users Added%' ESCAPE '\') AND change.new_value ILIKE '%@%' ESCAPE '\')) > 0))
  OR ((event_type ILIKE 'user.role\_change' ESCAPE '\' AND (detail.verb ILIKE 'Assign'
  OR detail.verb ILIKE 'Add'))
  OR (target_type ILIKE 'role' AND detail.verb ILIKE 'Assign'))
  OR ((category_type ILIKE '%Role%' ESCAPE '\'
  OR category_type ILIKE '%User%' ESCAPE '\') AND (operation_detail ILIKE '%Add Member%' ESCAPE '\'
  OR operation_detail ILIKE '%Members Added%' ESCAPE '\'
  OR operation_detail ILIKE '%Users Added%' ESCAPE '\'
  OR operation_detail ILIKE '%Assign Role %' ESCAPE '\'
  OR operation_detail ILIKE '%Add User%to Role %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)))) AND (NOT coalesce(list_contains(weakened, 'role'), false));
