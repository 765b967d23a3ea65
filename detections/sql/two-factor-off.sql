-- title: Zoom Two-Factor Authentication Turned Off
-- level: high
-- Made from two-factor-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\') AND (operation_detail ILIKE '%Two-Factor%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Two-Factor%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%Two-Factor%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%Two-Factor%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%2FA%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%2FA%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%2FA%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%2FA%: set to Off%' ESCAPE '\');
