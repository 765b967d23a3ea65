-- title: Zoom IP Allow List or Country Restriction Weakened
-- level: high
-- Made from network-restriction-weakened.yml by: npm run detections
SELECT * FROM zoom_operation WHERE list_contains(weakened, 'network')
  OR list_contains(unlocked, 'network')
  OR (len(list_filter(detail.changes, lambda change: change.control ILIKE 'network' AND (change.setting ILIKE '%range%' ESCAPE '\'
  OR change.setting ILIKE '%list%' ESCAPE '\'
  OR change.setting ILIKE '%network%' ESCAPE '\'
  OR change.setting ILIKE '%address%' ESCAPE '\') AND change.direction ILIKE 'changed')) > 0)
  OR ((category_type ILIKE '%Account%' ESCAPE '\'
  OR category_type ILIKE '%Group%' ESCAPE '\'
  OR category_type ILIKE '%Security%' ESCAPE '\'
  OR category_type ILIKE '%Settings%' ESCAPE '\'
  OR category_type ILIKE '%Sign-in%' ESCAPE '\'
  OR category_type ILIKE '%Role%' ESCAPE '\') AND (operation_detail ILIKE '%IP Address%' ESCAPE '\'
  OR operation_detail ILIKE '%Allow List%' ESCAPE '\'
  OR operation_detail ILIKE '%Allowlist%' ESCAPE '\'
  OR operation_detail ILIKE '%Allowed IP%' ESCAPE '\'
  OR operation_detail ILIKE '%Allowed range%' ESCAPE '\'
  OR operation_detail ILIKE '%Trusted network%' ESCAPE '\'
  OR operation_detail ILIKE '%Regions%' ESCAPE '\'
  OR operation_detail ILIKE '%Countries%' ESCAPE '\') AND (operation_detail ILIKE '% from On to Off%' ESCAPE '\'
  OR operation_detail ILIKE '% from Enabled to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '% from Yes to No%' ESCAPE '\'
  OR operation_detail ILIKE '% from True to False%' ESCAPE '\'
  OR operation_detail ILIKE '% from Locked to Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Off%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to Disabled%' ESCAPE '\'
  OR operation_detail ILIKE '%: set to No%' ESCAPE '\'
  OR operation_detail ILIKE '%: Unlocked%' ESCAPE '\'
  OR operation_detail ILIKE '%range%: from %' ESCAPE '\'
  OR operation_detail ILIKE '%list%: from %' ESCAPE '\'
  OR operation_detail ILIKE '%network%: from %' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)));
