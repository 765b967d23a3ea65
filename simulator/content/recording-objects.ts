import { hash } from 'node:crypto';
import { type ContentRequest, zoomTime } from './content-request.ts';
import type { ContentFile, Meeting } from './model.ts';

/** Which files of a meeting a listing shows. */
export type FileChoice = 'listed' | 'trashed';

/** The files that a listing shows of a meeting. */
export const shownFiles = (
  { store }: ContentRequest,
  { files }: Meeting,
  choice: FileChoice,
): ContentFile[] =>
  files.filter((file) => {
    const state = store.stateOf(file);
    return choice === 'trashed' ? state === 'trashed' : state === 'available' || state === 'processing';
  });

/** A recording as Zoom writes it: the instance of the meeting with its files. Its addresses differ in every response. */
export const recordingObject = (
  request: ContentRequest,
  meeting: Meeting,
  choice: FileChoice,
): Record<string, unknown> => {
  const { links, account } = request;
  const files = shownFiles(request, meeting, choice).filter(({ participantAudio }) => !participantAudio);
  const isLive = files.some((file) => inProgress(request, file));
  const complete = files.filter((file) => !inProgress(request, file));
  return {
    uuid: meeting.uuid,
    id: meeting.id,
    account_id: account.accountId,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: zoomTime(meeting.start),
    timezone: meeting.timezone,
    duration: isLive ? 0 : Math.floor(meeting.minutes),
    total_size: complete.reduce((sum, file) => sum + listedSize(file), 0),
    recording_count: complete.length,
    share_url: links.shareUrl(meeting.uuid),
    ...(meeting.password !== undefined && { password: meeting.password }),
    recording_play_passcode: hash('sha256', `passcode ${meeting.uuid}`, 'base64url'),
    auto_delete: meeting.autoDeleteAt !== undefined,
    ...(meeting.autoDeleteAt !== undefined && {
      auto_delete_date: zoomTime(meeting.autoDeleteAt).slice(0, 10),
    }),
    recording_files: files.map((file) => fileObject(request, meeting, file)),
  };
};

/** `participant_audio_files`: one audio file for each participant. */
export const participantAudioFiles = (request: ContentRequest, meeting: Meeting): object[] =>
  shownFiles(request, meeting, 'listed')
    .filter(({ participantAudio }) => participantAudio)
    .map((file) => {
      const { id, start, end, fileName, key } = file;
      return {
        id,
        recording_start: zoomTime(start),
        recording_end: zoomTime(end),
        file_type: file.fileType,
        file_name: fileName,
        file_extension: file.extension,
        file_size: listedSize(file),
        play_url: request.links.playUrl(key),
        download_url: request.links.downloadUrl(key),
        status: 'completed',
      };
    });

const listedSize = (file: ContentFile): number => file.listedBytes ?? file.versions.at(-1)?.bytes ?? 0;

const inProgress = ({ store }: ContentRequest, file: ContentFile): boolean =>
  store.stateOf(file) === 'processing' && file.processingAs === 'recording';

const fileObject = (request: ContentRequest, meeting: Meeting, file: ContentFile): object => {
  const { links, store } = request;
  const recording = inProgress(request, file);
  const urls = { play_url: links.playUrl(file.key), download_url: links.downloadUrl(file.key) };
  const deleted = file.trashedAt === undefined ? {} : { deleted_time: zoomTime(file.trashedAt) };
  const status = store.stateOf(file) === 'processing' ? 'processing' : 'completed';
  if (recording) {
    return {
      ...(file.id !== null && { id: file.id }),
      meeting_id: meeting.uuid,
      recording_start: zoomTime(file.start),
      recording_end: '',
      file_type: '',
      file_extension: '',
      file_size: 0,
      ...urls,
      status,
      recording_type: file.recordingType,
    };
  }
  const common = {
    meeting_id: meeting.uuid,
    recording_start: zoomTime(file.start),
    recording_end: zoomTime(file.end),
    file_type: file.fileType,
    file_extension: file.extension,
    ...urls,
    ...deleted,
  };
  if (file.id === null) return common;
  return {
    id: file.id,
    ...common,
    file_size: listedSize(file),
    status,
    recording_type: file.recordingType,
  };
};
