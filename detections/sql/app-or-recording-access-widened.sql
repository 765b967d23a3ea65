-- title: Zoom App or Recording Access Widened
-- level: medium
-- Made from app-or-recording-access-widened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (list_contains(weakened, 'recording_access')
  OR list_contains(weakened, 'app_approval'))
  OR (list_contains(unlocked, 'recording_access')
  OR list_contains(unlocked, 'app_approval'))
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Recording%' ESCAPE '\'
  OR category_type ILIKE '%Marketplace%' ESCAPE '\'
  OR category_type ILIKE '%App%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)) AND ((operation_detail ILIKE '%Record%' ESCAPE '\' AND ((operation_detail ILIKE '%download%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%shar%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%public%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%anyone%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '% to Public%' ESCAPE '\'
  OR operation_detail ILIKE '% to Anyone%' ESCAPE '\'
  OR operation_detail ILIKE '% to Everyone%' ESCAPE '\'
  OR operation_detail ILIKE '%: Anyone%' ESCAPE '\'
  OR operation_detail ILIKE '%: Everyone%' ESCAPE '\'
  OR operation_detail ILIKE '%: Public%' ESCAPE '\')
  OR (operation_detail ILIKE '%passcode%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%passcode%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%authenticat%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%authenticat%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%only%: from On to Off%' ESCAPE '\')))
  OR (operation_detail ILIKE '%approv%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%approv%: from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%approv%: from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%approv%: set to Off%' ESCAPE '\')));
