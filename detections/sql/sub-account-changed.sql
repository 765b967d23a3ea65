-- title: Zoom Sub Account Changed
-- level: medium
-- Made from sub-account-changed.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (event_type ILIKE 'sub\_account.%' ESCAPE '\'
  OR target_type ILIKE 'sub\_account' ESCAPE '\') AND (NOT coalesce(verb ILIKE 'read', false));
