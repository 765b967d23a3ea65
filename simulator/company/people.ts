import type { SeededRandom } from '../seeded-random.ts';

/** The people and things in the rows of Quillmere, a fictional company. */
export interface People {
  readonly chance: SeededRandom;
  readonly admin: () => string;
  readonly person: () => string;
  readonly fullName: () => string;
  readonly group: () => string;
  readonly channel: () => string;
  readonly room: () => string;
  readonly department: () => string;
  readonly role: () => string;
  /** From one role to another. */
  readonly roleChange: () => string;
  readonly topic: () => string;
  readonly onOff: () => string;
}

const DOMAIN = 'quillmere.example';

const PEOPLE = [
  'Ines Halloran',
  'Tomasz Wilk',
  'Amara Okonjo',
  'Jürgen Grünwald',
  'Søren Bjørnsen',
  'Lucía Peñalver',
  'Chiara Bellandi',
  'Noor van Aalst',
  'Dmitri Zaytsev',
  'Farah Rahimi',
  'Kwame Mensah-Boateng',
  'Yuki 高橋',
  '王 小雨',
  'Min-jun 박',
  'Zoë Quarterman',
  "Siobhán O'Dell",
  'Rafael Teixeira',
  'Anneli Mäkinen',
  'Leila Haddad',
  'Owen Pritchard',
  'Priya Raghunathan',
  'Bartal Joensen',
  'Hélène Duquesne',
  'Gustavo "Gus" Lara',
  'Mirela Kovač',
] as const;

/** The first four run the Zoom account; one of them signs with a tagged address. */
const ADMINS = ['ines.halloran', 'tomasz.wilk', 'amara.okonjo', 'it-ops+zoom%20admin'].map(
  (name) => `${name}@${DOMAIN}`,
);

/** The local part of an address: ASCII only. */
const mailName = (name: string, index: number): string => {
  const plain = name.normalize('NFD').toLowerCase().replaceAll('ø', 'o');
  return (
    plain
      .replace(/[^a-z ]/g, '')
      .trim()
      .replaceAll(/ +/g, '.') || `member.${index}`
  );
};

/** Addresses of everyone, in the order of hiring. */
export const ADDRESSES: readonly string[] = PEOPLE.map((name, index) => `${mailName(name, index)}@${DOMAIN}`);

/** Customer text. The last entries of each list are hard cases for a parser of details. */
const GROUPS = [
  'Sales',
  'Field Service',
  'Interns',
  'Contractors 2026',
  'Müller & Söhne',
  '東京支社',
  'Back - Office',
  'Ops: Night Shift',
  'Moved from Lisbon to Porto',
  'Kiosk\u2028Screens',
];
const CHANNELS = [
  'announcements',
  'incident-room',
  'Lunch 🍜',
  'Q4: plan to win',
  'Küche',
  'release - train',
  'set to launch',
];
const ROOMS = ['Harbour', 'Lighthouse 2F', 'Fjord - East', 'Salle Étoile', '会議室A'];
const DEPARTMENTS = ['Finance', 'Research & Development', 'People - Culture', 'Vertrieb', 'Support: Tier 2'];
const ROLES = ['Member', 'User', 'Admin', 'Co-Owner', 'Billing Admin', 'Helpdesk (read-only)'];
const TOPICS = [
  'Budget review',
  'Hiring: round 2',
  'Kick-off - Nordics',
  'Wöchentliches Treffen',
  '新製品の発表 🎉',
];

export const createPeople = (chance: SeededRandom): People => ({
  chance,
  admin: () => chance.pick(ADMINS),
  person: () => chance.pick(ADDRESSES),
  fullName: () => chance.pick(PEOPLE),
  group: () => chance.pick(GROUPS),
  channel: () => chance.pick(CHANNELS),
  room: () => chance.pick(ROOMS),
  department: () => chance.pick(DEPARTMENTS),
  role: () => chance.pick(ROLES),
  roleChange: () => {
    const from = chance.integer(0, ROLES.length - 1);
    const to = (from + chance.integer(1, ROLES.length - 1)) % ROLES.length;
    return `from ${ROLES[from] ?? ''} to ${ROLES[to] ?? ''}`;
  },
  topic: () => chance.pick(TOPICS),
  onOff: () => chance.pick(['from On to Off', 'from Off to On']),
});
