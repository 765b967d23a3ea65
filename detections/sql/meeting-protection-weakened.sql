-- title: Zoom Meeting Protection Weakened
-- level: low
-- Made from meeting-protection-weakened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE (list_contains(weakened, 'other')
  OR list_contains(weakened, 'chat')
  OR list_contains(weakened, 'remote_control'))
  OR (list_contains(unlocked, 'other')
  OR list_contains(unlocked, 'chat')
  OR list_contains(unlocked, 'remote_control'))
  OR (len(list_filter(detail.changes, lambda change: (change.setting ILIKE '%before host%' ESCAPE '\'
  OR change.setting ILIKE '%before the host%' ESCAPE '\'
  OR change.setting ILIKE '%rejoin%' ESCAPE '\') AND (change.direction ILIKE 'weakened'
  OR change.direction ILIKE 'unlocked'))) > 0)
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)) AND (((operation_detail ILIKE '%authenticated users%' ESCAPE '\'
  OR operation_detail ILIKE '%Identify guest%' ESCAPE '\'
  OR operation_detail ILIKE '%watermark%' ESCAPE '\'
  OR operation_detail ILIKE '%Only allow specified%' ESCAPE '\'
  OR operation_detail ILIKE '%Prevent participants%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'))
  OR ((operation_detail ILIKE '%Remote control%' ESCAPE '\'
  OR operation_detail ILIKE '%Remote support%' ESCAPE '\'
  OR operation_detail ILIKE '%camera control%' ESCAPE '\'
  OR operation_detail ILIKE '%Screen sharing%' ESCAPE '\'
  OR operation_detail ILIKE '%Who can share%' ESCAPE '\'
  OR operation_detail ILIKE '%before host%' ESCAPE '\'
  OR operation_detail ILIKE '%before the host%' ESCAPE '\'
  OR operation_detail ILIKE '%rejoin%' ESCAPE '\'
  OR operation_detail ILIKE '%File transfer%' ESCAPE '\'
  OR operation_detail ILIKE '%streaming%' ESCAPE '\') AND (operation_detail ILIKE '% from Off to On%' ESCAPE '\'
  OR operation_detail ILIKE '% from Disabled to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from No to Yes%' ESCAPE '\'
  OR operation_detail ILIKE '% from False to True%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to On%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Enabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Yes%' ESCAPE '\'
  OR operation_detail ILIKE '% to All %' ESCAPE '\'
  OR operation_detail ILIKE '% to Everyone%' ESCAPE '\'))));
