-- title: Zoom Audit Log Turned Off
-- level: high
-- Made from audit-log-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'audit')
  OR list_contains(unlocked, 'audit')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Audit%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%' ESCAPE '\'
  OR operation_detail ILIKE '%Operation Log%' ESCAPE '\'
  OR operation_detail ILIKE '%logging%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
