-- title: Zoom Meeting Passcode Turned Off
-- level: medium
-- Made from passcode-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\') AND (operation_detail ILIKE '%Passcode%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Passcode%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%Passcode%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%Passcode%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Meeting Password%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Meeting Password%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%Meeting Password%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%Meeting Password%: set to Off%' ESCAPE '\');
