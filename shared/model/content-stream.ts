/** The streams of Zoom content. Each is a feed of rows, and some have native files. */
export type ContentStreamName = 'person' | 'meeting' | 'recording';

/** One stream of content. All differences between them that are data are in this table; how each is listed is in content/streams. */
export interface ContentStream {
  readonly name: ContentStreamName;
  /** Its name in messages and tables. */
  readonly title: string;
  /**
   * The documented fields of a row that make its identity, in alphabetical order, as paths (`meeting.uuid`). Volatile ones are
   * left out: URLs, tokens and passcodes, which differ in every response, and totals that change with other rows.
   */
  readonly identityFields: readonly string[];
  /** The paths of the row's time, the first that is set counts. A row without one has the start of its day. */
  readonly timeFields: readonly string[];
  /**
   * Whether a row belongs to the day on which it was listed, and not to a day of its own: then the day is complete when it is over,
   * and no later listing adds to it.
   */
  readonly isOfListingDay: boolean;
  /** Hours after the end of a day for which rows are expected to come late: the day closes after that. */
  readonly lateHours: number;
  readonly hasFiles: boolean;
}

/** A transcript comes up to 48 hours after the video, and a recording is processed for up to 72 hours (Zoom's own pages). */
const LATE_HOURS = 72;

export const CONTENT_STREAMS: Readonly<Record<ContentStreamName, ContentStream>> = {
  person: {
    name: 'person',
    title: 'people',
    identityFields: [
      'created_at',
      'dept',
      'display_name',
      'email',
      'first_name',
      'group_ids',
      'id',
      'last_name',
      'role_id',
      'status',
      'type',
      'user_created_at',
    ],
    timeFields: [],
    isOfListingDay: true,
    lateHours: 0,
    hasFiles: false,
  },
  meeting: {
    name: 'meeting',
    title: 'meetings',
    identityFields: ['kind', 'meeting_uuid', 'row'],
    timeFields: ['row.start_time', 'row.join_time'],
    isOfListingDay: false,
    lateHours: LATE_HOURS,
    hasFiles: false,
  },
  recording: {
    name: 'recording',
    title: 'recordings',
    identityFields: [
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
      'trashed',
      'unreadable',
    ],
    timeFields: ['file.recording_start', 'meeting.start_time'],
    isOfListingDay: false,
    lateHours: LATE_HOURS,
    hasFiles: true,
  },
};

export const CONTENT_STREAM_NAMES = Object.keys(CONTENT_STREAMS) as ContentStreamName[];
