-- title: Zoom Role Copied or Created With Privileges
-- level: medium
-- Made from role-copied-or-created.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((target_type ILIKE 'role' AND verb ILIKE 'create') AND (detail.verb ILIKE 'Copy'
  OR list_contains(weakened, 'role')))
  OR (category_type ILIKE '%Role%' ESCAPE '\' AND (NOT coalesce(detail.status ILIKE 'full', false)) AND ((operation_detail ILIKE 'Copy Role%' ESCAPE '\'
  OR operation_detail ILIKE 'Duplicate Role%' ESCAPE '\'
  OR operation_detail ILIKE 'Clone Role%' ESCAPE '\')
  OR (verb ILIKE 'create' AND (operation_detail ILIKE '%: View%' ESCAPE '\'
  OR operation_detail ILIKE '%: Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: from None to %' ESCAPE '\'
  OR operation_detail ILIKE '%: from View to Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: from View to View, Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Disabled to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to View%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Edit%' ESCAPE '\'
  OR operation_detail ILIKE '%: View, Edit%' ESCAPE '\'))));
