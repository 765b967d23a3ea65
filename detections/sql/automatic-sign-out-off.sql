-- title: Zoom Automatic Sign-Out Turned Off
-- level: medium
-- Made from automatic-sign-out-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'session')
  OR list_contains(unlocked, 'session')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%sign users out%' ESCAPE '\'
  OR operation_detail ILIKE '%sign out users%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in again%' ESCAPE '\'
  OR operation_detail ILIKE '%sign-out%' ESCAPE '\'
  OR operation_detail ILIKE '%inactivity%' ESCAPE '\'
  OR operation_detail ILIKE '%session duration%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%(minutes): from %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
