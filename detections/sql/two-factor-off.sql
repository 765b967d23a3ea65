-- title: Zoom Two-Factor Authentication Turned Off
-- level: high
-- Made from two-factor-off.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'mfa')
  OR list_contains(unlocked, 'mfa')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Two-Factor%' ESCAPE '\'
  OR operation_detail ILIKE '%Two Factor%' ESCAPE '\'
  OR operation_detail ILIKE '%2FA%' ESCAPE '\'
  OR operation_detail ILIKE '%Multi-Factor%' ESCAPE '\'
  OR operation_detail ILIKE '%One-Time Pass%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '% to Users with specific %' ESCAPE '\'
  OR operation_detail ILIKE '% to Specific %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)))
  OR ((operation_detail ILIKE 'Reset Two-Factor%' ESCAPE '\'
  OR operation_detail ILIKE 'Reset Two Factor%' ESCAPE '\'
  OR operation_detail ILIKE 'Reset 2FA%' ESCAPE '\'
  OR operation_detail ILIKE 'Disable Two-Factor%' ESCAPE '\'
  OR operation_detail ILIKE 'Remove Two-Factor%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
