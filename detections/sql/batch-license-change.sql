-- title: Zoom Licenses Changed in One Batch
-- level: medium
-- Made from batch-license-change.yml by: npm run detections
SELECT * FROM zoom_operation WHERE operation_detail ILIKE '%@%@%@%@%@%@%@%@%@%@%' ESCAPE '\' AND (area ILIKE 'license'
  OR ((category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%License%' ESCAPE '\') AND (operation_detail ILIKE '%License: %' ESCAPE '\'
  OR operation_detail ILIKE '%License  - %' ESCAPE '\'
  OR operation_detail ILIKE '%License Type: %' ESCAPE '\'
  OR operation_detail ILIKE '%Change Type%' ESCAPE '\'
  OR operation_detail ILIKE '%User Type: from%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false))));
