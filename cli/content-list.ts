import { openCollected } from '../shared/app/open-store.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { DEFAULT_LIMIT } from './arguments.ts';
import { ALL_FILE_COLUMNS, FILE_COLUMNS } from './content-columns.ts';
import { type FileSelection, leftOutToText, selectFiles } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { isForPeople, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { openRecordPrinter, printLatest } from './output/print-records.ts';
import { plural } from './text.ts';

/** `content list`: lists the files of recordings, oldest first. */
export const listContent = async (
  options: FileSelection & OutputFlags & { readonly limit?: number },
  context: CliContext,
): Promise<ExitCode> => {
  const format = outputFormatOf(options);
  const limit = options.limit ?? (isForPeople(format) ? DEFAULT_LIMIT : Infinity);
  const store = await openCollected(options.out, context);
  const columns = format === 'csv' || format === 'vertical' ? ALL_FILE_COLUMNS : FILE_COLUMNS;
  const printer = openRecordPrinter({ format, columns, toJson: jsonToLine }, context);
  const leftOut = { hidden: 0 };
  const { shown, earlier } = await printLatest(selectFiles(store, options, leftOut), limit, printer);
  if (shown === 0 && isForPeople(format)) context.stderr('No files match.\n');
  context.stderr(leftOutToText(leftOut));
  if (earlier > 0) {
    context.stderr(
      `${plural(earlier, 'earlier file')} not listed. Use --limit, --from, --person or --topic to select files.\n`,
    );
  }
  return 0;
};
