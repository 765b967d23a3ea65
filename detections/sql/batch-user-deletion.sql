-- title: Zoom Users Deleted in One Batch
-- level: high
-- Made from batch-user-deletion.yml by: npm run detections
SELECT * FROM zoom_operation WHERE operation_detail ILIKE '%@%@%@%@%@%' ESCAPE '\' AND ((event_type ILIKE 'user.delete'
  OR event_type ILIKE 'user.deactivate')
  OR ((category_type ILIKE 'User'
  OR category_type ILIKE 'Users'
  OR category_type ILIKE 'User Management') AND (operation_detail ILIKE 'Delete User%' ESCAPE '\'
  OR operation_detail ILIKE 'Remove User%' ESCAPE '\'
  OR operation_detail ILIKE 'Deactivate User%' ESCAPE '\')));
