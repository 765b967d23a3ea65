-- title: Zoom Sign-In Requirements Weakened
-- level: medium
-- Made from sign-in-requirements-weakened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'password')
  OR list_contains(unlocked, 'password')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Password Requirement%' ESCAPE '\'
  OR operation_detail ILIKE '%Password Policy%' ESCAPE '\'
  OR operation_detail ILIKE '%Password Rule%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%length%: from %' ESCAPE '\'
  OR operation_detail ILIKE '%days: from %' ESCAPE '\'
  OR operation_detail ILIKE '%times: from %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
