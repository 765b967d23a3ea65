-- title: Zoom Retention Shortened or Archiving Turned Off
-- level: high
-- Made from retention-shortened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'retention')
  OR list_contains(unlocked, 'retention')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\'
  OR category_type ILIKE '%IM%' ESCAPE '\'
  OR category_type ILIKE '%Chat%' ESCAPE '\') AND (operation_detail ILIKE '%Retention%' ESCAPE '\'
  OR operation_detail ILIKE '%Archiv%' ESCAPE '\'
  OR operation_detail ILIKE '%Cloud Storage%' ESCAPE '\'
  OR operation_detail ILIKE '%number of days%' ESCAPE '\'
  OR operation_detail ILIKE '%delete recordings%' ESCAPE '\'
  OR operation_detail ILIKE '%Trash%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%days: from %' ESCAPE '\'
  OR operation_detail ILIKE '%Automatically delete%: from Off to On%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
