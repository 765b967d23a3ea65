-- title: Zoom Meeting Passcode Turned Off
-- level: medium
-- Made from passcode-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'passcode')
  OR list_contains(unlocked, 'passcode')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\'
  OR category_type ILIKE '%Meeting%' ESCAPE '\'
  OR category_type ILIKE '%Webinar%' ESCAPE '\') AND (operation_detail ILIKE '%Passcode%' ESCAPE '\'
  OR operation_detail ILIKE '%Meeting Password%' ESCAPE '\'
  OR operation_detail ILIKE '%Password for%' ESCAPE '\'
  OR operation_detail ILIKE '%Password when%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%length: from %' ESCAPE '\'
  OR operation_detail ILIKE '%numeric passcode: from Off to On%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
