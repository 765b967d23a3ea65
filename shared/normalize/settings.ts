import type { Control } from './operation-detail.ts';
import { ROLE_SETTING } from './setting-names.ts';

/**
 * The effect of a setting when it is on. `protects`: on is the safe position, unless the name says "Disable" or "Skip".
 * `exposes`: off is the safe position, unless the name restricts ("Only", "Require") or forbids ("Prevent", "Disable", "No").
 * `weakens`: off is the safe position, unless the name forbids. `-`: neither.
 */
export type WhenOn = 'protects' | 'exposes' | 'weakens' | '-';

/** Which numbers are safer: more of a length, fewer minutes of a session. Absent if a number says nothing. */
export type SaferNumber = 'more' | 'less';

/** Settings by their English names. */
export interface SettingPattern {
  readonly control: Control;
  /** Tested with the setting's name in lower case. */
  readonly name: RegExp;
  readonly whenOn: WhenOn;
  readonly saferNumber?: SaferNumber;
  /** Tested with the section, in lower case: the pattern then applies there only. */
  readonly section?: RegExp;
}

const setting = (
  control: Control,
  whenOn: WhenOn,
  name: RegExp,
  saferNumber?: SaferNumber,
): SettingPattern => ({
  control,
  name,
  whenOn,
  ...(saferNumber && { saferNumber }),
});

const inSection = (section: RegExp, pattern: SettingPattern): SettingPattern => ({ ...pattern, section });

const PASSWORD_SECTION = /password (?:policy|rules?|requirements?)/;
const PASSCODE_SECTION = /passcode requirement/;
const SSO = /\b(?:sso|saml|single[ -]sign[ -]?on)\b/;

/**
 * Settings that the CIS Zoom benchmark and Zoom's support articles name, one a line. The first that matches applies, so a
 * narrow pattern stands before a wide one. Add a line here and a row in `test/shared/normalize/settings.test.ts`.
 */
export const SETTINGS: readonly SettingPattern[] = [
  // Fields that people fill in: what follows the name may look like the name of a setting.
  setting(
    'other',
    '-',
    /^(?:meeting |webinar |display |file |channel |group )?(?:topic|name|title|description|agenda|subject|note|comment|department|location|company)(?::|$)/,
  ),

  // Signing in.
  setting(
    'mfa',
    'protects',
    /\btwo[ -]?factor|\b2[ -]?(?:fa|factor)\b|\bmfa\b|multi[ -]?factor|\bsecond factor|one[ -]time pass|\botp\b|authenticator app/,
  ),
  setting('sso', 'protects', SSO),
  inSection(SSO, setting('sso', 'protects', /./)),
  setting(
    'session',
    'protects',
    /automatic(?:ally)? sign(?:s|ed)?[ -](?:users )?out|sign(?:s|ed)? (?:users |them )?out|session (?:duration|time)|inactivity|idle|time-?out|re-?authenticat|sign in again/,
    'less',
  ),
  setting('password', 'protects', /\b(?:lock|block).*sign-?in attempts|captcha/),
  setting(
    'sign_in_method',
    'weakens',
    /\b(?:sign(?:ing|s)?|log(?:ging|s)?)[ -]?in with\b|\bsign-?in (?:with|via|by)\b|\b(?:work|personal) email\b.*sign|(?:google|apple|facebook|microsoft)(?: id| account)? sign-?in|partner account/,
  ),
  inSection(/^sign-?in methods/, setting('sign_in_method', 'weakens', /./)),
  setting('sign_in_method', '-', /^(?:sign-?in )?e-?mail(?: address)?$/),

  // Passwords of users.
  setting('password', 'protects', /password.*(?:history|reuse)|(?:history|reuse).*password/, 'more'),
  setting('password', 'protects', /password.*(?:expir|chang)|expir.*password/, 'less'),
  setting(
    'password',
    'protects',
    /(?:minimum|min\.?|length|at least|include|contain|consecutive|uppercase|special).*\bpasswords?\b(?! for)|\bpasswords?\b.*(?:minimum|length|characters|complexity|strength|rules|policy)/,
    'more',
  ),
  inSection(PASSWORD_SECTION, setting('password', 'protects', /expire|changed? after|days|maximum/, 'less')),
  inSection(PASSWORD_SECTION, setting('password', 'protects', /./, 'more')),

  // Passcodes of meetings, webinars and recordings.
  setting(
    'passcode',
    'weakens',
    /only allow numeric|numeric (?:passcode|password)|embed pass(?:code|word)|pass(?:code|word) .*(?:one-click|invite link)/,
  ),
  setting('recording_access', 'protects', /pass(?:code|word).*recording|recording.*pass(?:code|word)/),
  setting('passcode', 'protects', /pass(?:code|word)/, 'more'),
  inSection(PASSCODE_SECTION, setting('passcode', 'protects', /./, 'more')),
  setting(
    'passcode',
    'protects',
    /have (?:at least|a minimum)|at least \d+ (?:letter|number|digit|special|character)|include both uppercase|consecutive characters/,
    'more',
  ),

  setting('recording_access', 'protects', /\bonly\b.*recording/),

  // Who enters a meeting.
  setting('waiting_room', 'protects', /waiting room/),
  setting(
    'waiting_room',
    'weakens',
    /join(?:ing)? before (?:the )?host|removed participants to rejoin|rejoin/,
  ),
  setting(
    'other',
    'protects',
    /one security option|only authenticated|authenticated users|identify guest|watermark/,
  ),
  setting('encryption', 'protects', /encrypt|\be2ee\b|\btls\b|\bsrtp\b/),
  setting('other', '-', /\btoll\b|\bdial-?in\b|\bcall-?out\b/),
  setting(
    'network',
    'exposes',
    /(?:allowed|permitted|trusted) (?:ip )?(?:address )?(?:addresses|ranges?|networks?|ips?)\b/,
  ),
  setting(
    'network',
    'protects',
    /data cent(?:er|re) regions?|countries|\bip (?:address|access)|allow-?list|proxy/,
  ),
  setting('domain', 'protects', /\bdomains?\b/),

  // Content that leaves.
  setting('retention', '-', /^cloud storage retention$/, 'more'),
  setting('retention', 'protects', /recover|\btrash\b/),
  setting('recording_access', 'weakens', /(?:can|allow.*) delete\b.*recording/),
  setting('retention', 'weakens', /delet.*(?:after|number of days)|auto(?:matically|-)? ?delete/, 'more'),
  setting(
    'retention',
    'protects',
    /archiv|retention|retain|keep .*(?:days|for)|\bkeep for\b|trash|\bcloud storage\b/,
    'more',
  ),
  setting(
    'recording_access',
    'exposes',
    /recording.*(?:shar|download|view|access|public)|(?:shar|download|view|access|public).*recording|viewers can|can download|share with/,
  ),
  setting('recording_access', 'protects', /recording (?:consent|disclaimer|notification)/),
  setting('recording_access', 'exposes', /\blocal recording|\bautomatic recording/),
  setting('audit', 'protects', /audit|activity logs?|operation logs?|\blogging\b/),

  // In a meeting.
  setting('remote_control', 'exposes', /remote (?:control|support)|far[ -]end camera|camera control/),
  setting('chat', 'exposes', /\bfile transfer|file types|send files?|\bchats?\b/),
  setting(
    'other',
    'exposes',
    /live ?stream|live[- ]streaming|screen ?shar|who can share|desktop\/screen|\bshare (?:their )?screen/,
  ),

  // Apps and integrations.
  setting('app_approval', 'protects', /oauth 2\.0|require.*approv|approval (?:is )?required/),
  setting(
    'app_approval',
    'exposes',
    /pre-?approve|\bapps?\b|oauth|marketplace|webhook|\bapi\b|\btokens?\b|\bscopes?\b/,
  ),
  inSection(/oauth app|marketplace/, setting('app_approval', 'exposes', /./)),

  // People.
  setting('role', '-', ROLE_SETTING),
  setting('license', '-', /^(?:change |user |license )?type$|^(?:change )?licenses?$/),

  // Any setting that is about access by its wording.
  setting('other', 'exposes', /\b(?:external|guests?|anonymous|anyone)\b/),
];
