-- title: Zoom Report Exported
-- level: low
-- Made from report-exported.yml by: npm run detections
SELECT * FROM zoom_operation WHERE category_type ILIKE '%Report%' ESCAPE '\' AND ((detail.verb ILIKE 'Export'
  OR detail.verb ILIKE 'Download')
  OR (action ILIKE '%Export%' ESCAPE '\'
  OR action ILIKE '%Download%' ESCAPE '\')
  OR (operation_detail ILIKE 'Export %' ESCAPE '\'
  OR operation_detail ILIKE 'Download %' ESCAPE '\'));
