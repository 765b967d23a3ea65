import type { Answer } from './response.ts';
import type { Call, Endpoint } from './call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { CHAT_FAULTS, type ChatFaultName } from './content/chat-faults.ts';
import { CONTENT_ENDPOINTS, type ContentEndpoint, isContentEndpoint } from './content/content-endpoints.ts';
import { CONTENT_FAULTS, type ContentFaultName, contentFaultsOfGroup } from './content/content-faults.ts';
import {
  type Fault,
  FAULTS,
  type FaultContext,
  type FaultName,
  faultsOfGroup,
  type Place,
} from './fault-table.ts';
import type { PageShape } from './reports.ts';

/**
 * The active faults. A spec is `name`, or a group (`all`, `transient`, `permanent`, `harmless`, `transport`; `content`,
 * `content-transient`, `content-permanent`, `content-harmless`, `chat`), then optionally: `/variant`, `@endpoint` (operation, activity, me,
 * token, an endpoint of the content API, or next-page: a request with a page token), `=probability` (default 1) or `*times`.
 * A group triggers one of its faults that fit the request.
 */
export interface Faults {
  /** Replaces all active faults. Throws a RangeError for an invalid spec. */
  set(...specs: string[]): void;
  /** Arms a fault for the next `times` matching requests (default: as in the spec, or 1). Armed faults trigger in order, before all others. */
  arm(spec: string, times?: number): void;
  clear(): void;
  /** The active faults as specs; armed ones with their remaining count. */
  active(): string[];
}

export interface FaultInjector extends Faults {
  /** Handles a call and applies the faults that trigger. */
  respond(call: Call, context: FaultContext, zoom: (shape?: PageShape) => Answer): Answer;
  /** How often each fault triggered. */
  triggered(): Record<string, number>;
}

type AnyFaultName = FaultName | ContentFaultName | ChatFaultName;

const ALL_FAULTS: Readonly<Record<AnyFaultName, Fault>> = { ...FAULTS, ...CONTENT_FAULTS, ...CHAT_FAULTS };

const ALL_NAMES = Object.keys(ALL_FAULTS) as AnyFaultName[];

interface Rule {
  readonly spec: string;
  readonly faults: readonly AnyFaultName[];
  readonly variant: string | undefined;
  readonly endpoint: string | undefined;
  readonly probability: number;
  timesLeft: number;
}

export const createFaults = (specs: readonly string[], chance: SeededRandom): FaultInjector => {
  let rules = specs.map(readSpec);
  const triggered: Record<string, number> = {};

  /** The first rule is the outermost, so that the first of several armed faults triggers first. */
  const through = (
    from: number,
    call: Call,
    context: FaultContext,
    zoom: (shape?: PageShape) => Answer,
  ): Answer => {
    const rule = rules[from];
    if (!rule) return zoom();
    const inner = (shape?: PageShape) => through(from + 1, call, context, (other) => zoom(other ?? shape));

    const fitting = fitsEndpoint(rule, call)
      ? rule.faults.filter((name) => fits(ALL_FAULTS[name], call))
      : [];
    if (rule.timesLeft === 0 || fitting.length === 0 || !chance.happens(rule.probability)) return inner();
    rule.timesLeft--;

    const name = chance.pick(fitting);
    triggered[name] = (triggered[name] ?? 0) + 1;
    const { variants } = ALL_FAULTS[name];
    const strike = variants[rule.variant ?? chance.pick(Object.keys(variants))];
    return strike ? strike(inner, context) : inner();
  };

  return {
    set: (...given) => {
      rules = given.map(readSpec);
    },
    arm: (spec, times) => {
      const rule = readSpec(spec);
      const timesLeft = times ?? (rule.timesLeft === Infinity ? 1 : rule.timesLeft);
      const armed = rules.filter(({ timesLeft }) => timesLeft > 0 && timesLeft < Infinity);
      const standing = rules.filter(({ timesLeft }) => timesLeft === Infinity);
      rules = [...armed, { ...rule, timesLeft }, ...standing];
    },
    clear: () => {
      rules = [];
    },
    active: () =>
      rules
        .filter(({ timesLeft }) => timesLeft > 0)
        .map(({ spec, timesLeft }) => (timesLeft === Infinity ? spec : `${spec}*${timesLeft}`)),
    respond: (call, context, zoom) => through(0, call, context, zoom),
    triggered: () => ({ ...triggered }),
  };
};

const SPEC =
  /^(?<name>[a-z0-9-]+)(?:\/(?<variant>[a-z0-9-]+))?(?:@(?<endpoint>[a-z-]+))?(?:=(?<probability>[\d.]+)|\*(?<times>\d+))?$/;

/** Throws a RangeError that names the problem if a fault's spec is invalid. */
export const checkFaultSpec = (spec: string): void => {
  readSpec(spec);
};

const readSpec = (spec: string): Rule => {
  const { name = '', variant, endpoint, probability = '1', times } = SPEC.exec(spec)?.groups ?? {};
  const faults: readonly AnyFaultName[] =
    faultsOfGroup(name) ?? contentFaultsOfGroup(name) ?? ALL_NAMES.filter((one) => one === name);
  if (faults.length === 0) throw new RangeError(`"${spec}" is not a fault. Known: ${ALL_NAMES.join(', ')}.`);

  const unknownVariant = variant !== undefined && !faults.every((one) => variant in ALL_FAULTS[one].variants);
  if (unknownVariant) throw new RangeError(`"${name}" has no variant "${variant}".`);
  if (
    endpoint !== undefined &&
    endpoint !== NEXT_PAGE &&
    !(endpoint in PLACE) &&
    !isContentEndpoint(endpoint)
  )
    throw new RangeError(`No fault applies to "@${endpoint}".`);
  if (!(Number(probability) <= 1)) throw new RangeError(`"${spec}": a probability must be from 0 to 1.`);

  const timesLeft = times === undefined ? Infinity : Number(times);
  return {
    spec: spec.replace(/\*\d+$/, ''),
    faults,
    variant,
    endpoint,
    probability: Number(probability),
    timesLeft,
  };
};

const fitsEndpoint = ({ endpoint }: Rule, call: Call): boolean =>
  endpoint === undefined ||
  endpoint === call.endpoint ||
  (endpoint === NEXT_PAGE && placesOf(call).includes(NEXT_PAGE));

const fits = ({ on }: Fault, call: Call): boolean => placesOf(call).some((place) => on.includes(place));

const NEXT_PAGE = 'next-page';

const PLACE: Partial<Record<Exclude<Endpoint, ContentEndpoint>, Place>> = {
  operation: 'report',
  activity: 'report',
  me: 'me',
  token: 'token',
};

const placesOf = ({ endpoint, query, form }: Call): Place[] => {
  if (isContentEndpoint(endpoint)) {
    const places: readonly Place[] = CONTENT_ENDPOINTS[endpoint].places;
    return places.includes('list') && query.get('next_page_token')
      ? [...places, NEXT_PAGE, 'next-list-page']
      : [...places];
  }
  const place = PLACE[endpoint];
  if (place === undefined) return [];
  if (place === 'report' && query.get('next_page_token')) return [place, NEXT_PAGE];
  if (place === 'token' && form.get('grant_type') === 'refresh_token') return [place, 'refresh'];
  return [place];
};
