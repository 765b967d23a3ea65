-- title: Zoom App Installed, Approved or Activated
-- level: medium
-- Made from app-installed-or-approved.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (target_type ILIKE 'app' AND (detail.verb ILIKE 'Add'
  OR detail.verb ILIKE 'Create'
  OR detail.verb ILIKE 'Install'
  OR detail.verb ILIKE 'Import'
  OR detail.verb ILIKE 'Approve'
  OR detail.verb ILIKE 'Enable'
  OR detail.verb ILIKE 'Activate'
  OR detail.verb ILIKE 'Share'))
  OR (len(list_filter(detail.changes, lambda change: (change.setting ILIKE '%pre-approv%' ESCAPE '\'
  OR change.setting ILIKE '%preapprov%' ESCAPE '\'
  OR change.setting ILIKE '%approve app%' ESCAPE '\') AND (change.direction ILIKE 'weakened'
  OR change.direction ILIKE 'unlocked'))) > 0)
  OR ((detail.section ILIKE '%OAuth app%' ESCAPE '\'
  OR detail.section ILIKE '%app marketplace%' ESCAPE '\') AND list_contains(weakened, 'app_approval'))
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Marketplace%' ESCAPE '\'
  OR category_type ILIKE '%App%' ESCAPE '\'
  OR category_type ILIKE '%Integration%' ESCAPE '\') AND (operation_detail ILIKE '%Install App%' ESCAPE '\'
  OR operation_detail ILIKE '%Approve App%' ESCAPE '\'
  OR operation_detail ILIKE '%Pre-approve%' ESCAPE '\'
  OR operation_detail ILIKE '%Preapprove%' ESCAPE '\'
  OR operation_detail ILIKE '%OAuth app%to Activated%' ESCAPE '\'
  OR operation_detail ILIKE '%OAuth app%from Off to On%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
