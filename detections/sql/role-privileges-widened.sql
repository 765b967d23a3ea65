-- title: Zoom Role Privileges Widened
-- level: high
-- Made from role-privileges-widened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (list_contains(weakened, 'role') AND target_type ILIKE 'role' AND verb ILIKE 'update')
  OR ((category_type ILIKE '%Role%' ESCAPE '\' AND verb ILIKE 'update') AND (operation_detail ILIKE '%: from None to %' ESCAPE '\'
  OR operation_detail ILIKE '%: from View to Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: from View to View, Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Disabled to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to View%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: View, Edit%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
