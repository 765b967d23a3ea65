-- title: Zoom Encryption or Waiting Room Turned Off
-- level: medium
-- Made from encryption-or-waiting-room-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'encryption')
  OR list_contains(unlocked, 'encryption')
  OR (len(list_filter(detail.changes, lambda change: change.setting ILIKE '%Waiting Room%' ESCAPE '\' AND (change.direction ILIKE 'weakened'
  OR change.direction ILIKE 'unlocked'))) > 0)
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Encrypt%' ESCAPE '\'
  OR operation_detail ILIKE '%E2EE%' ESCAPE '\'
  OR operation_detail ILIKE '%Waiting Room%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '% to Users not in %' ESCAPE '\'
  OR operation_detail ILIKE '%Unlock setting %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
