import type { SeededRandom } from '../seeded-random.ts';

/** `leading-slash` and `double-slash` must be encoded twice in a path; `plain` begins with no slash and holds no two in a row. */
export type UuidForm = 'plain' | 'leading-slash' | 'double-slash';

/** A meeting's uuid: 16 bytes in base64, 24 characters. */
export const newUuid = (chance: SeededRandom, form: UuidForm): string => {
  for (;;) {
    const bytes = Buffer.from(Array.from({ length: 16 }, () => chance.integer(0, 255)));
    if (form === 'leading-slash') bytes[0] = 0xfc | (bytes[0] ?? 0);
    if (form === 'double-slash') bytes.fill(0xff, 3, 5);
    const uuid = bytes.toString('base64');
    if (form !== 'plain' || !needsTwo(uuid)) return uuid;
  }
};

const needsTwo = (uuid: string): boolean => uuid.startsWith('/') || uuid.includes('//');

/**
 * The uuid or number in a path segment. Something in front of Zoom decodes one layer: a uuid that begins with `/` or holds `//` and was
 * encoded only once no longer fits the path. Undefined then, and for a segment that is no encoding.
 */
export const readMeetingSegment = (segment: string): string | undefined => {
  try {
    const once = decodeURIComponent(segment);
    if (needsTwo(once)) return undefined;
    return once.includes('%') ? decodeURIComponent(once) : once;
  } catch {
    return undefined;
  }
};

/** A path segment for a uuid: encoded once, and twice where Zoom requires it. */
export const encodeUuid = (uuid: string): string =>
  needsTwo(uuid) ? encodeURIComponent(encodeURIComponent(uuid)) : encodeURIComponent(uuid);
