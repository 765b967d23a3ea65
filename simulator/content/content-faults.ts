import { apiError } from '../response.ts';
import type { Fault, FaultEffect } from '../fault-table.ts';
import { CHAT_FAULTS, type ChatFaultName } from './chat-faults.ts';
import { FILE_FAULTS } from './file-faults.ts';
import { eachFile, listRewritten, twisted } from './list-rewrites.ts';
import { userMissing } from './content-request.ts';
import { recordingMissing } from './recordings.ts';

const only = (strike: FaultEffect) => ({ plain: strike });

const sized = (file: Record<string, unknown>, change: (size: number) => number): Record<string, unknown> => ({
  ...file,
  file_size: change(Number(file['file_size'] ?? 0)),
});

/** Faults of the lists of the content API, and of recordings as they list them. */
const LIST_FAULTS = {
  'list-ends-early': {
    nature: 'transient',
    on: ['list'],
    does: 'a page states no token although more follow: only total_records shows it',
    variants: only(listRewritten((body) => ({ ...body, next_page_token: '' }))),
  },
  'total-missing': {
    nature: 'transient',
    on: ['list'],
    does: 'no total_records',
    variants: only(listRewritten((body) => ({ ...body, total_records: undefined }))),
  },
  'page-shift': {
    nature: 'harmless',
    on: ['next-list-page'],
    does: 'a next page repeats the last item of the page before',
    variants: only(twisted('page-shift')),
  },
  'live-insert': {
    nature: 'harmless',
    on: ['next-list-page'],
    does: 'a person or a recording is added while the list is read: it moves the others over the edge of the page',
    variants: only(twisted('live-insert')),
  },
  'recording-left-out': {
    nature: 'transient',
    on: ['recordings'],
    does: 'a page leaves out one of its meetings; total_records counts it or not',
    variants: {
      'total-kept': listRewritten((body) => ({ ...body, meetings: body.meetings?.slice(1) })),
      'total-too': listRewritten((body) => ({
        ...body,
        total_records: Math.max(0, Number(body.total_records) - 1),
        meetings: body.meetings?.slice(1),
      })),
    },
  },
  'file-listed-twice': {
    nature: 'harmless',
    on: ['recordings', 'recording'],
    does: 'each file of a recording is listed twice',
    variants: only(eachFile((file) => [file, file])),
  },
  'wrong-file-size': {
    nature: 'harmless',
    on: ['recordings', 'recording'],
    does: 'file_size is not the length of the file, or absent',
    variants: {
      smaller: eachFile((file) => [sized(file, (size) => Math.floor(size / 2))]),
      larger: eachFile((file) => [sized(file, (size) => size + 51_200)]),
      zero: eachFile((file) => [sized(file, () => 0)]),
      absent: eachFile((file) => [{ ...file, file_size: undefined }]),
    },
  },
  'recording-processing': {
    nature: 'transient',
    on: ['recordings', 'recording'],
    does: 'files that are complete are listed as in progress or as processing',
    variants: {
      recording: eachFile((file) => [
        {
          ...file,
          recording_end: '',
          file_type: '',
          file_extension: '',
          file_size: 0,
          status: 'processing',
        },
      ]),
      encoding: eachFile((file) => [{ ...file, status: 'processing' }]),
    },
  },
  'recording-missing': {
    nature: 'transient',
    on: ['recording', 'download'],
    does: 'a recording that exists does not: 404, code 3301',
    variants: only(() => recordingMissing()),
  },
  'meeting-missing': {
    nature: 'permanent',
    on: ['recording'],
    does: 'the meeting does not exist: 404, code 3001',
    variants: only(() => apiError(404, 3001, 'Meeting does not exist.')),
  },
  'person-missing': {
    nature: 'permanent',
    on: ['person'],
    does: 'the person does not exist: 404, code 1001',
    variants: only(() => userMissing('unknown')),
  },
  'person-of-another-account': {
    nature: 'permanent',
    on: ['person', 'recording'],
    does: 'the person is not of this account: 400, code 1010',
    variants: only(() => apiError(400, 1010, 'User does not belong to this account.')),
  },
  'cloud-recording-off': {
    nature: 'permanent',
    on: ['recordings', 'recording'],
    does: 'the account has no cloud recording: 400, code 200',
    variants: only(() =>
      apiError(400, 200, 'Cloud recording is not enabled for this account. No permission.'),
    ),
  },
} as const satisfies Record<string, Fault>;

/** Every fault of people, meetings, recordings and downloads. README.md has the same table; a test compares them. */
export const CONTENT_FAULTS = { ...LIST_FAULTS, ...FILE_FAULTS } as const satisfies Record<string, Fault>;

export type ContentFaultName = keyof typeof CONTENT_FAULTS;

export type ContentFaultGroup = 'content' | 'chat' | `content-${Fault['nature']}`;

const ALL_FAULTS = { ...CONTENT_FAULTS, ...CHAT_FAULTS };

/** The faults of a group of the content API, or undefined if there is no such group. `chat`: those of chats, archives and notes. */
export const contentFaultsOfGroup = (
  group: string,
): readonly (ContentFaultName | ChatFaultName)[] | undefined => {
  const names = Object.keys(ALL_FAULTS) as (ContentFaultName | ChatFaultName)[];
  if (group === 'content') return names;
  if (group === 'chat') return Object.keys(CHAT_FAULTS) as ChatFaultName[];
  const members = names.filter((name) => group === `content-${ALL_FAULTS[name].nature}`);
  return members.length > 0 ? members : undefined;
};
