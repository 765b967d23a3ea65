import type { FileInput, MeetingInput } from '../content/model.ts';
import type { SeededRandom } from '../seeded-random.ts';

export interface FileSizes {
  readonly from: number;
  readonly to: number;
}

type NewFile = (chance: SeededRandom, start: number, end: number) => Omit<FileInput, 'bytes'>;

const HOUR_MS = 3_600_000;

/** When a file that Zoom makes afterwards appears: minutes after the end, up to 48 hours. */
const later = (chance: SeededRandom, end: number): Date =>
  new Date(end + (chance.happens(0.5) ? chance.integer(1, 59) * 60_000 : chance.integer(1, 48) * HOUR_MS));

/** The files of a recording in the order in which a meeting gets them; after the last one another segment begins. */
const KINDS: readonly NewFile[] = [
  () => ({ fileType: 'MP4', recordingType: 'shared_screen_with_speaker_view' }),
  () => ({ fileType: 'M4A', recordingType: 'audio_only' }),
  (chance, _, end) => ({
    fileType: 'TRANSCRIPT',
    recordingType: 'audio_transcript',
    visibleFrom: later(chance, end),
  }),
  (chance) => ({ fileType: 'TIMELINE', ...(chance.happens(0.6) && { id: null }) }),
  () => ({ fileType: 'CHAT', recordingType: 'chat_file' }),
  () => ({ fileType: 'CC', recordingType: 'closed_caption', id: null }),
  () => ({ fileType: 'MP4', recordingType: 'gallery_view' }),
  () => ({ fileType: 'M4A', recordingType: 'audio_only_each_participant', participantAudio: true }),
  () => ({ fileType: 'CSV', recordingType: 'poll' }),
  (chance, _, end) => ({ fileType: 'SUMMARY', recordingType: 'summary', visibleFrom: later(chance, end) }),
];

/** The files of one meeting, in segments. `in-progress`: its recording goes on; `for-ever`: its first file is processed for ever. */
export const filesOf = (
  chance: SeededRandom,
  { start, minutes }: MeetingInput,
  count: number,
  sizes: FileSizes,
  form: 'usual' | 'in-progress' | 'for-ever',
): FileInput[] => {
  const begin = new Date(start).getTime();
  const segments = Math.ceil(count / KINDS.length) + (count > 3 && chance.happens(0.25) ? 1 : 0);
  const segmentMs = (minutes * 60_000) / Math.max(1, segments);
  const ended = begin + minutes * 60_000;
  const encoded = new Date(ended + chance.integer(1, 2 * minutes) * 60_000);
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[Math.floor(index / Math.max(1, segments)) % KINDS.length];
    const segment = index % Math.max(1, segments);
    const from = begin + Math.floor((segmentMs * segment) / 1000) * 1000;
    const to = begin + Math.floor((segmentMs * (segment + 1)) / 1000) * 1000;
    return {
      visibleFrom: form === 'in-progress' ? new Date(begin) : encoded,
      ...(kind && form !== 'in-progress' ? kind(chance, from, ended) : { fileType: 'MP4' }),
      start: new Date(from),
      end: new Date(to),
      bytes: chance.integer(sizes.from, sizes.to),
      seed: chance.text(8),
      ...(form === 'in-progress' && { processing: { as: 'recording' as const } }),
      ...(form === 'for-ever' && index === 0 && { processing: { as: 'encoding' as const } }),
    };
  });
};
