-- title: Zoom Sign-In Email of a User Changed
-- level: high
-- Made from sign-in-email-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((target_type ILIKE 'user' AND verb ILIKE 'update') AND (len(list_filter(detail.changes, lambda change: (change.setting ILIKE 'Email'
  OR change.setting ILIKE 'E-mail'
  OR change.setting ILIKE 'Email Address'
  OR change.setting ILIKE 'E-mail Address'
  OR change.setting ILIKE 'Sign-in Email'
  OR change.setting ILIKE 'Sign-in Email Address'
  OR change.setting ILIKE 'Login Email'
  OR change.setting ILIKE 'Change Email'
  OR change.setting ILIKE 'User Email'
  OR change.setting ILIKE 'New Email') AND change.new_value ILIKE '%@%' ESCAPE '\')) > 0))
  OR (category_type ILIKE '%User%' ESCAPE '\' AND (operation_detail ILIKE '%Email%: from %@% to %@%' ESCAPE '\'
  OR operation_detail ILIKE '%E-mail%: from %@% to %@%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
