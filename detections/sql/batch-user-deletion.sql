-- title: Zoom Users Deleted in One Batch
-- level: high
-- Made from batch-user-deletion.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE 'User'
  OR category_type ILIKE 'Users'
  OR category_type ILIKE 'User Management') AND ((action ILIKE '%Delete%' ESCAPE '\'
  OR action ILIKE '%Remove%' ESCAPE '\')
  OR (operation_detail ILIKE 'Delete User%' ESCAPE '\'
  OR operation_detail ILIKE 'Remove User%' ESCAPE '\'
  OR operation_detail ILIKE 'Deactivate User%' ESCAPE '\')) AND operation_detail ILIKE '%@%@%@%@%@%' ESCAPE '\';
