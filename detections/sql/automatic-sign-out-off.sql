-- title: Zoom Automatic Sign-Out Turned Off
-- level: medium
-- Made from automatic-sign-out-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\') AND (operation_detail ILIKE '%sign users out%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%sign users out%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%sign users out%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%sign users out%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%sign out users%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%sign out users%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%sign out users%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%sign out users%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in again%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in again%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in again%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in again%: set to Off%' ESCAPE '\');
