-- title: Zoom User Promoted to Privileged Role
-- level: high
-- Made from promotion-to-privileged-role.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '% Role%: from % to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: from % to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role%: set to Billing Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role: Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role: Co-Owner%' ESCAPE '\'
  OR operation_detail ILIKE '% Role: Admin%' ESCAPE '\'
  OR operation_detail ILIKE '% Role: Billing Admin%' ESCAPE '\') AND (NOT coalesce((target_type ILIKE 'user' AND operation_detail ILIKE 'Change Role %' ESCAPE '\' AND (operation_detail ILIKE '%: from Owner to Co-Owner' ESCAPE '\'
  OR operation_detail ILIKE '%: from Owner to Admin' ESCAPE '\'
  OR operation_detail ILIKE '%: from Owner to Billing Admin' ESCAPE '\'
  OR operation_detail ILIKE '%: from Co-Owner to Admin' ESCAPE '\'
  OR operation_detail ILIKE '%: from Co-Owner to Billing Admin' ESCAPE '\'
  OR operation_detail ILIKE '%: from Admin to Billing Admin' ESCAPE '\')), false));
