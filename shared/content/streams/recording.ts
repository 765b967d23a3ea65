import { fileKey } from '../../contract/object-keys.ts';
import { valueAt } from '../../model/raw-row.ts';
import { typeOfFile } from '../file-type.ts';
import { fileOfRow, isUnreadable, toServedRow } from '../recording-rows.ts';
import { type ContentStreamDefinition, LATE_HOURS } from './definition.ts';
import {
  isRecordingNotFound,
  isRecordingThere,
  readMeeting,
  recordingsOfAccount,
  recordingsOfHosts,
} from './recording-lists.ts';

/**
 * Every file of every recording, also in the trash. A row is one file with its meeting's fields, and belongs to the UTC day on which
 * the meeting started.
 */
export const RECORDING: ContentStreamDefinition = {
  title: 'recordings',
  identity: {
    fields: [
      'file.deleted_time',
      'file.file_extension',
      'file.file_name',
      'file.file_size',
      'file.file_type',
      'file.id',
      'file.recording_end',
      'file.recording_start',
      'file.recording_type',
      'file.status',
      'kind',
      'meeting.duration',
      'meeting.host_id',
      'meeting.id',
      'meeting.start_time',
      'meeting.timezone',
      'meeting.topic',
      'meeting.type',
      'meeting.uuid',
      'served.bytes',
      'served.etag',
      'trashed',
      'unreadable',
    ],
    volatile: [],
    time: ['file.recording_start', 'meeting.start_time'],
  },
  isOfListingDay: false,
  listing: {
    isChosen: () => true,
    // Zoom cuts a span of over a month without an error.
    windowDays: 28,
    order: 'newest-first',
    oldestDay: undefined,
    usesDailyQuota: false,
    ways: [recordingsOfHosts, recordingsOfAccount],
    requestsPerSubject: 0,
    listedAgainAfterDays: [],
  },
  closing: { lateHours: LATE_HOURS, confirmedAfterDays: 7 },
  subjects: { field: 'recordings', noun: 'recording', of: 'files' },
  files: {
    of: (row) => {
      const file = fileOfRow(row);
      return file ? [file] : [];
    },
    describeOwner: ({ topic }) => (topic === '' ? 'a recording' : `the recording "${topic.slice(0, 60)}"`),
    relist: async (context, { uuid, item }, day, signal) => {
      const rows = await readMeeting(context, uuid, day, signal);
      const files = rows?.map(({ row }) => fileOfRow(row.row));
      return rows && { rows, file: files?.find((file) => file?.item === item) };
    },
    isRelistedFirst: false,
    toServedRow,
    isOfHost: true,
    peopleOf: () => (file) => [file.hostId],
    isStillThere: isRecordingThere,
    isNotFound: isRecordingNotFound,
    details: {
      isChosen: (types) => types.includes('audio'),
      subject: 'meeting',
      read: readMeeting,
      isUnreadable,
    },
  },
  toFlat: (slice, row) => {
    const file = fileOfRow(row);
    return {
      kind: valueAt(row, 'kind'),
      meeting_uuid: valueAt(row, 'meeting.uuid'),
      meeting_id: valueAt(row, 'meeting.id'),
      topic: valueAt(row, 'meeting.topic'),
      host_id: valueAt(row, 'meeting.host_id'),
      host_email: valueAt(row, 'meeting.host_email'),
      trashed: valueAt(row, 'trashed') === true,
      ...(file && {
        file_id: file.fileId,
        file_type: file.fileType,
        content_type: typeOfFile(file.fileType),
        recording_type: file.recordingType,
        file_size: file.size,
        item: file.item,
        version: file.version,
        key: fileKey(slice, file.item, file.version, file.extension),
      }),
    };
  },
};
