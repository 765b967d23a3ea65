-- title: Zoom Sign-In Requirements Weakened
-- level: medium
-- Made from sign-in-requirements-weakened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\') AND (operation_detail ILIKE '%Password Requirement%' ESCAPE '\'
  OR operation_detail ILIKE '%Password Policy%' ESCAPE '\') AND ((operation_detail ILIKE '%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\')
  OR regexp_matches(operation_detail, '(?i)length[^:]*: from [0-9]{2,} to [0-9]([^0-9]|$)'));
