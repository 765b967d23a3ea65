import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import { newUuid } from '../../../simulator/content/meeting-uuid.ts';
import type { FileInput, PersonInput } from '../../../simulator/content/model.ts';
import type { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { PlannedFile, PlannedMeeting } from './content-plan.ts';

const TOPICS = ['Budget review', 'Stand-up', '新製品の発表 🎉', '../../etc/passwd', 'Line one\nline two', ''];

/** Ids of people; some are inactive, pending, or deleted from the start. */
export const drawPeople = (chance: SeededRandom, start: number): PersonInput[] => {
  const count = chance.integer(4, 8);
  const ids = Array.from({ length: count }, (_, index) => `person-${index}`);
  return ids.map((id, index) => ({
    id,
    email: `${id}@quillmere.example`,
    firstName: 'Person',
    lastName: String(index),
    status: statusOf(index, chance),
    createdAt: new Date(start - 300 * DAY_MS),
    ...(index === 3 && chance.happens(0.5) && { deleted: recordingsOf(chance, ids[0] ?? '') }),
  }));
};

const statusOf = (index: number, chance: SeededRandom): NonNullable<PersonInput['status']> => {
  if (index === 1) return 'inactive';
  if (index === 2) return chance.happens(0.5) ? 'pending' : 'active';
  return index > 3 && chance.happens(0.2) ? 'inactive' : 'active';
};

/** What becomes of the recordings of a person who is deleted. */
export const recordingsOf = (chance: SeededRandom, heir: string): NonNullable<PersonInput['deleted']> => {
  const turn = chance.integer(0, 3);
  if (turn <= 1) return { transferTo: heir };
  return turn === 2 ? { trash: true } : { purge: true };
};

/** The meetings of some days, with the files of their recordings. */
export const drawMeetings = (
  chance: SeededRandom,
  start: number,
  days: number,
  people: readonly PersonInput[],
  largest: number,
): PlannedMeeting[] => {
  const hosts = people.filter(({ status }) => status !== 'pending');
  return Array.from({ length: chance.integer(3, 11) }, (_, index) => {
    const begin = start + chance.integer(0, days * DAY_MS - 2 * HOUR_MS);
    const minutes = chance.integer(1, 90);
    const end = begin + minutes * MINUTE_MS;
    const isLate = chance.happens(0.15);
    const processed = isLate
      ? end + chance.integer(1, 90) * HOUR_MS
      : end + chance.integer(1, 120) * MINUTE_MS;
    const form = index % 5 === 1 ? 'leading-slash' : index % 5 === 3 ? 'double-slash' : 'plain';
    return {
      uuid: newUuid(chance, form),
      input: {
        id: 81_000_000_000 + chance.integer(0, 3),
        hostId: chance.pick(hosts).id ?? '',
        topic: chance.pick(TOPICS),
        type: chance.pick([1, 2, 2, 8, 5, 9, 99]),
        start: new Date(begin),
        minutes,
        participants: [{ name: 'Guest' }, { name: 'Person 0', email: 'person-0@quillmere.example' }],
        ...(chance.happens(0.3) && { password: chance.text(6) }),
        ...(isLate && { visibleFrom: new Date(processed) }),
      },
      files: drawFiles(chance, `m${index}`, new Date(processed), largest),
    };
  });
};

const KINDS: readonly (Pick<FileInput, 'fileType' | 'recordingType' | 'participantAudio'> & {
  noId?: true;
})[] = [
  { fileType: 'M4A', recordingType: 'audio_only' },
  { fileType: 'TIMELINE', noId: true },
  { fileType: 'CC', recordingType: 'closed_caption', noId: true },
  { fileType: 'CHAT', recordingType: 'chat_file' },
  { fileType: 'CSV', recordingType: 'poll' },
  { fileType: 'SUMMARY', recordingType: 'summary' },
  { fileType: 'TRANSCRIPT', recordingType: 'audio_transcript' },
  { fileType: 'M4A', recordingType: 'audio_only_each_participant', participantAudio: true },
];

const drawFiles = (
  chance: SeededRandom,
  meeting: string,
  visibleFrom: Date,
  largest: number,
): PlannedFile[] => {
  if (chance.happens(0.1)) return [];
  const video: PlannedFile = {
    name: `${meeting}-video`,
    input: {
      id: `${meeting}-video`,
      fileType: 'MP4',
      bytes: drawBytes(chance, largest),
      seed: chance.text(6),
      visibleFrom,
      ...(chance.happens(0.2) && { processing: drawProcessing(chance, visibleFrom.getTime()) }),
    },
  };
  const others = KINDS.filter(() => chance.happens(0.3)).map(({ noId, ...kind }, index): PlannedFile => {
    const name = `${meeting}-${index}`;
    const later = kind.participantAudio ? 0 : chance.integer(0, 48) * HOUR_MS;
    return {
      name,
      input: {
        id: noId ? null : name,
        ...kind,
        bytes: drawBytes(chance, kind.fileType === 'M4A' ? largest : 3000),
        seed: chance.text(6),
        visibleFrom: new Date(visibleFrom.getTime() + (chance.happens(0.4) ? later : 0)),
      },
    };
  });
  return [video, ...others];
};

/** From one byte to the largest size. */
export const drawBytes = (chance: SeededRandom, largest: number): number => {
  const size = chance.integer(0, 4);
  if (size === 0) return chance.integer(1, 40);
  return chance.integer(size === 1 ? 40 : 1000, size <= 2 ? Math.min(largest, 4000) : largest);
};

const drawProcessing = (chance: SeededRandom, from: number): NonNullable<FileInput['processing']> => ({
  as: chance.pick(['recording', 'encoding']),
  ...(chance.happens(0.7) && { until: new Date(from + chance.integer(1, 60) * HOUR_MS) }),
});
