-- title: Zoom Sign-In Method Added
-- level: medium
-- Made from sign-in-method-added.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\') AND (operation_detail ILIKE 'Sign-in Method%' ESCAPE '\'
  OR operation_detail ILIKE '%Allow users to sign in with %' ESCAPE '\') AND (operation_detail ILIKE '%: from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '%: from Disabled to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to On%' ESCAPE '\');
