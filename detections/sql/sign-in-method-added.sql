-- title: Zoom Sign-In Method Added
-- level: medium
-- Made from sign-in-method-added.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'sign_in_method')
  OR list_contains(unlocked, 'sign_in_method')
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%Sign-in Method%' ESCAPE '\'
  OR operation_detail ILIKE '%sign in with %' ESCAPE '\'
  OR operation_detail ILIKE '%email sign-in%' ESCAPE '\') AND (operation_detail ILIKE '% from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '% from Disabled to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from No to Yes%' ESCAPE '\'
  OR operation_detail ILIKE '% from False to True%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to On%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Yes%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
