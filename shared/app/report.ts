export { openTarget, replaceFile } from '../local/save-file.ts';
export { readCalendar } from '../report/calendar.ts';
export { readFigures } from '../report/figures.ts';
export { reportToHtml } from '../report/page.ts';
export type { ReportFinding, ReportStream } from '../report/report.ts';
