import type { ListedFile } from '../../../../shared/content/listed-file.ts';
import type { ContentControl } from '../../../../simulator/content/content-control.ts';
import type { ContentTruth, TrueFile } from '../../../../simulator/content/content-truth.ts';

/** What identifies a file at Zoom. */
type FileName = Pick<ListedFile, 'uuid' | 'fileId' | 'fileType' | 'start'>;

/** What is true at Zoom, and since when each file has left. */
export class CompanyTruth {
  readonly #control: ContentControl;
  readonly #now: () => number;
  /** The last instant at which no list showed a file, or only that of the trash, by its key. */
  readonly #leftAt = new Map<string, number>();
  /** The first instant at which a version was reachable, as far as was looked. */
  readonly #offeredAt = new Map<string, number>();
  readonly #topics = new Map<string, Set<string>>();
  now: ContentTruth;

  constructor(control: ContentControl, now: () => number) {
    this.#control = control;
    this.#now = now;
    this.now = control.truth();
    this.look();
  }

  /** Looks at Zoom: before and after each change, and before each check. */
  look(): void {
    this.now = this.#control.truth();
    const reachable = new Set(this.reachable.map(({ key }) => key));
    for (const { key, version } of this.reachable) {
      const name = `${key} ${version}`;
      if (!this.#offeredAt.has(name)) this.#offeredAt.set(name, this.#now());
    }
    for (const { key } of this.now.files) if (!reachable.has(key)) this.#leftAt.set(key, this.#now());
    for (const { uuid, topic } of this.now.meetings) {
      this.#topics.set(uuid, (this.#topics.get(uuid) ?? new Set()).add(topic));
    }
  }

  /** Every version of a file, oldest first; empty if Zoom never had it. */
  versionsOf({ uuid, fileId, fileType, start }: FileName): TrueFile[] {
    return this.now.files.filter(
      (file) =>
        file.uuid === uuid &&
        (fileId === undefined
          ? file.fileId === null && file.fileType === fileType && file.recordingStart === start
          : file.fileId === fileId),
    );
  }

  /** Whether a file was missing from the lists at some instant since then. */
  hadLeft(key: string, since: number): boolean {
    return (this.#leftAt.get(key) ?? -Infinity) >= since;
  }

  /** Whether a version was reachable before an instant. */
  wasOffered({ key, version }: Pick<TrueFile, 'key' | 'version'>, before: number): boolean {
    return (this.#offeredAt.get(`${key} ${version}`) ?? Infinity) < before;
  }

  meeting(uuid: string): ContentTruth['meetings'][number] | undefined {
    return this.now.meetings.find((meeting) => meeting.uuid === uuid);
  }

  hadTopic(uuid: string, topic: string): boolean {
    return this.#topics.get(uuid)?.has(topic) ?? false;
  }

  /** The files that can be downloaded now, each as its present version, as far as any list shows them. */
  get reachable(): TrueFile[] {
    const available = this.now.files.filter(({ state }) => state === 'available');
    const listed = new Set(
      available.filter(({ participantAudio }) => !participantAudio).map(({ uuid }) => uuid),
    );
    return available.filter(({ uuid }) => listed.has(uuid));
  }
}
