-- title: Zoom Encryption or Waiting Room Turned Off
-- level: medium
-- Made from encryption-or-waiting-room-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\') AND (operation_detail ILIKE '%Encrypt%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Encrypt%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%Encrypt%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%Encrypt%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Waiting Room%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Waiting Room%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%Waiting Room%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%Waiting Room%: set to Off%' ESCAPE '\');
