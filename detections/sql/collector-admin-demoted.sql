-- title: Zoom Log Collection Loses Its Administrator
-- level: critical
-- Made from collector-admin-demoted.yml by: npm run detections
SELECT * FROM zoom_operation WHERE ((category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (list_contains(target_emails, 'collector-admin@example.com')
  OR (list_contains(any_emails, 'collector-admin@example.com') AND (NOT coalesce(actor_email ILIKE 'collector-admin@example.com', false)))) AND ((area ILIKE 'role'
  OR (event_type ILIKE 'user.delete'
  OR event_type ILIKE 'user.deactivate'
  OR event_type ILIKE 'user.unlink'))
  OR ((operation_detail ILIKE '%Change Role%' ESCAPE '\'
  OR operation_detail ILIKE '% Role: %' ESCAPE '\'
  OR operation_detail ILIKE '%Deactivate%' ESCAPE '\'
  OR operation_detail ILIKE '%Delete%' ESCAPE '\'
  OR operation_detail ILIKE '%Remove%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)))))
  OR (category_type ILIKE '%Role%' ESCAPE '\' AND (operation_detail ILIKE '%Report%: from View to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from View to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from View, Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from View, Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from On to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Report%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from View to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from View to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from View, Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from View, Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from On to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Activity Log%: from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from View to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from View to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from View, Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from View, Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from Edit to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from Edit to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from On to None%' ESCAPE '\'
  OR operation_detail ILIKE '%Sign In/Sign Out%: from On to Off%' ESCAPE '\'));
