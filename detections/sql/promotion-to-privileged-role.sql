-- title: Zoom User Promoted to Privileged Role
-- level: high
-- Made from promotion-to-privileged-role.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (list_contains(weakened, 'role') AND (event_type ILIKE 'user.role\_change' ESCAPE '\'
  OR target_type ILIKE 'user'))
  OR (target_type ILIKE 'role' AND detail.verb ILIKE 'Assign' AND (target_name ILIKE '%Owner%' ESCAPE '\'
  OR target_name ILIKE '%Admin%' ESCAPE '\'))
  OR ((category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Assign Role Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Assign Role Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '%Assign Role Admin%' ESCAPE '\'
  OR operation_detail ILIKE '%Assign Role Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to %Administrator%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Super Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: to Billing Admin%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
