-- title: Zoom Meetings No Longer Need a Security Option
-- level: medium
-- Made from meeting-security-option-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\') AND (operation_detail ILIKE '%one security option%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%one security option%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%one security option%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%one security option%: set to Off%' ESCAPE '\');
