import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');

/**
 * Names that this project used before it took the words of its field, each with the word that replaced it. They are compared with
 * whole names and whole file names: `watched` is retired, `watchedFolder` would not be.
 */
const RETIRED: Record<string, string> = {
  Surroundings: 'CliContext',
  surroundings: 'context',
  Patience: 'RetryContext',
  patience: 'retryContext',
  PATIENCE: 'CLIENT_DEFAULTS',
  patienceMs: 'gracePeriodMs',
  HouseFunction: 'ConnectorFunction',
  HouseAlarm: 'RunbookAlarm',
  HouseQueue: 'QueueWithDlq',
  HouseLogGroup: 'RetainedLogGroup',
  lendTo: 'grantReadWrite',
  borrower: 'grantee',
  lendLogTo: 'grantReadLogs',
  lendQueueTo: 'grantSend',
  lendNoticesTo: 'grantPublishNotices',
  openTo: 'grantRead',
  tell: 'record, report or addEnvironment',
  tellOf: 'addEnvironmentEntry',
  told: 'recorded',
  Told: 'MetricDimensions',
  Pointed: 'MetricOptions',
  Meter: 'MetricRecorder',
  meter: 'metrics',
  meterRun: 'recordRunMetrics',
  meterHealth: 'recordHealthMetrics',
  tellCounts: 'recordCounts',
  enlist: 'register',
  Watch: 'HealthMonitor',
  watchAll: 'monitorSources',
  watchSource: 'monitorSource',
  WatchedSource: 'MonitoredSource',
  DropOffAlarm: 'HealthMonitor',
  Watched: 'MonitorConfig',
  watched: 'monitorConfig',
  Outlook: 'HealthReaders',
  lookAt: 'readSourceHealth',
  lookAtPolled: 'readStoreHealth',
  survey: 'inspect',
  surveySource: 'inspectSource',
  SurveyedSource: 'SourceReport',
  signs: 'observations',
  SourceSigns: 'SourceObservations',
  DaySigns: 'DayObservations',
  readSigns: 'readObservations',
  heard: 'actionsEnabled',
  unheard: 'onLogUnavailable',
  isHeard: 'actionsEnabled',
  setHeard: 'setActionsEnabled',
  lastWords: 'lastFailure',
  judge: 'assess',
  Judgement: 'Assessment',
  judgement: 'assessment',
  judged: 'assessed',
  Said: 'AlarmFinding',
  Trouble: 'SourceProblem',
  trouble: 'problem',
  troubles: 'faults',
  sourceTrouble: 'findSourceProblem',
  stepAlarm: 'transitionAlarm',
  stepAlarms: 'transitionAlarms',
  SteppedAlarm: 'AlarmTransition',
  AlarmStep: 'RecordTransition',
  stepWell: 'transitionHealthy',
  wellSince: 'healthySince',
  settle: 'reconcile, confirm or prune',
  isConcluded: 'readyToClose',
  unsettled: 'notReadyToClose',
  StandingAlarm: 'AlarmStatus',
  concernedBy: 'affectedSources',
  notThere: 'alarmNotDeployed',
  WhatElse: 'OptionalParts',
  besides: 'optionalParts',
  Meaning: 'FailureKind',
  meaning: 'failureKind',
  meaningOf: 'classifyFailure',
  holdBack: 'throttle',
  comeBack: 'rateLimited',
  park: 'blockUntil',
  parkedUntil: 'rateLimitedUntil',
  setbacks: 'errorCounts',
  retrying: 'withRetries',
  waitAfter: 'backOff',
  unstoppable: 'neverAborted',
  UNSTOPPABLE: 'NEVER_ABORTED',
  refusal: 'toError',
  refusals: 'zoom-errors or aws-errors',
  explained: 'toConfigurationError',
  evidenceOf: 'describeFailure',
  harmless: 'sanitize',
  Asked: 'RequestSubject',
  asked: 'subject',
  ask: 'prompt',
  askAt: 'createPrompt',
  askForToken: 'requestToken',
  Exchange: 'HttpTransport',
  createExchange: 'createHttpTransport',
  ZoomAnswer: 'ZoomResponse',
  answer: 'response, queryResult or handle',
  answerCallback: 'handleCallback',
  answerTrigger: 'handleEvent',
  answerToGrant: 'tokenResponseToGrant',
  Connecting: 'ConnectionContext',
  openConnecting: 'openConnectionContext',
  Closing: 'ClosingContext',
  Triggered: 'TriggerContext',
  Polled: 'PollContext',
  Touched: 'AuditSubject',
  Filled: 'BackfillProgress',
  Found: 'a noun',
  Wanted: 'ObjectSelection or RequestedWork',
  Ended: 'PollEnd',
  Opening: 'ListingStart',
  Usual: 'UsualSilence',
  connectLocally: 'createLocalConnector',
  connectDeployed: 'createDeployedConnector',
  reconnecting: 'cachedConnector',
  Kick: 'RequestPoll',
  kick: 'requestPoll',
  kickOff: 'requestFirstPoll',
  kicked: 'pollRequested',
  giveBack: 'revokeUnused',
  pinnedToAnother: 'conflictingAccount',
  appOf: 'zoomAppOf',
  SourcePlaces: 'SourceResources',
  placeOf: 'a noun',
  Gate: 'CircuitBreaker',
  Admission: 'AdmissionControl',
  atOnce: 'concurrency',
  slicesAtOnce: 'sliceConcurrency',
  AT_ONCE: 'CONCURRENCY',
  READS_AT_ONCE: 'READ_CONCURRENCY',
  resumed: 'prepend',
  readAhead: 'prefetch',
  knownPage: 'unchangedFirstPage',
  UnknownTally: 'UnknownNames',
  absorb: 'apply',
  peekSliceStates: 'readSliceStatesCached',
  isMeant: 'matches',
  unfounded: 'orphaned',
  Stray: 'MisdatedRow',
  abridged: 'truncated',
  eachAbsenceOnce: 'dedupeMissing',
  tellable: 'sanitizeEntry or serializeError',
  redacted: 'redact',
  failureOf: 'messageOnFailure',
  keepLine: 'recordAuditEntry',
  keepFailure: 'recordFailure',
  keepFilled: 'markBackfilled',
  tellFilled: 'reportBackfilled',
  noticed: 'onNotice',
  noticeConfiguration: 'recordConfigurationChange',
  NoticeBoard: 'NotificationPublisher',
  spell: 'format',
  spellInstant: 'formatInstant',
  spellSpan: 'formatDuration',
  spellEventTime: 'formatEventTime',
  span: 'formatDuration',
  age: 'formatAge',
  spanOfTime: 'parseDuration',
  Reading: 'ParsedRow',
  reading: 'parsedRow',
  readRow: 'parseRow',
  WrittenReading: 'SerializedRow',
  word: 'action',
  OperationWords: 'OperationFacts',
  soleChangeOf: 'singleChange',
  aside: 'quarantined',
  besideTaken: 'withConflicts',
  lostMeaning: 'parsingDegraded',
  stoppable: 'reportInterrupts',
  orStopped: 'exitOnConfigurationError',
  paint: 'colorize',
  UNPAINTED: 'WITHOUT_COLOR',
  bringObjects: 'downloadObjects',
  ReadyQuestion: 'BuiltInQuery',
  fate: 'faultDecisions',
  manners: 'rateLimitInvariants',
  vigilance: 'alarmInvariants',
  diligence: 'livenessInvariants',
  BrokenPromise: 'InvariantViolation',
  Strike: 'FaultEffect',
  struck: 'triggered',
  Chance: 'SeededRandom',
  Cast: 'People',
};

/** Words that are retired within longer names, too: `unfoundedProjections`, `isUnsettled`. */
const RETIRED_PARTS = new Set([
  ...[
    'patience',
    'surroundings',
    'unfounded',
    'stray',
    'strays',
    'unsettled',
    'trouble',
    'troubles',
    'judgement',
    'judged',
    'judge',
  ],
  ...[
    'heard',
    'unheard',
    'borrower',
    'enlist',
    'lend',
    'survey',
    'surveyed',
    'kick',
    'kicked',
    'tellable',
    'struck',
    'fate',
    'fates',
  ],
  ...['diligence', 'vigilance', 'manners', 'reading'],
]);

const partsOf = (name: string): string[] => name.split(/(?=[A-Z][a-z])|_/).map((part) => part.toLowerCase());

/** Where a name stays, and why. */
const KEPT: Record<string, RegExp> = {
  // A field of `_state/budget/` and of the JSON of `status` and `collect`: a name that others hold. Code keeps it beside the field.
  parkedUntil: /^(?:cli|shared\/(?:collect|health)|test)\//,
  // The meaning of an exit code, in the usual sense of the word.
  meaning: /^(?:cli\/commands|test\/docs\/cli-reference)\.ts$/,
  // A field of `_state/health/`.
  wellSince: /^test\/simulation\/invariants\//,
  // A word of a text, in its usual sense; a row's `word` became `action`.
  word: /^(?:cli|infra|test|shared\/collect|shared\/normalize\/closed-value\.ts)/,
};

/** File and folder names that the same words were in. */
const RETIRED_FILES = new Set([
  'surroundings',
  'patience',
  'house-function',
  'house-alarm',
  'house-queue',
  'house-log-group',
  'watch',
  'look-at',
  'look-at-polled',
  'survey',
  'signs',
  'read-signs',
  'judge-source',
  'judge-stream',
  'judgement',
  'source-trouble',
  'trouble',
  'standing-alarms',
  'judged-alarms',
  'meaning',
  'retrying',
  'refusals',
  'evidence',
  'exchange',
  'answer',
  'answer-to-grant',
  'answer-callback',
  'answer-trigger',
  'connect-local',
  'connect-deployed',
  'deployed-watch',
  'kick-off',
  'app-of',
  'pinned-to-another',
  'side-by-side',
  'resumed',
  'read-ahead',
  'known-page',
  'unknown-tally',
  'verify-names',
  'verify-packing',
  'verify-strays',
  'tellable',
  'redacted',
  'failure-of',
  'notice-configuration',
  'spell',
  'reading',
  'read-row',
  'sole-change',
  'stoppable',
  'paint',
  'bring-objects',
  'ready-question',
  'fate',
  'manners',
  'vigilance',
  'diligence',
  'broken-promise',
  'troubles',
  'life',
  'chance',
  'cast',
  'ask',
  'setbacks',
  'hold-back',
  'come-back',
  'meter',
]);

/** Words for persons and reports that comments and test titles replace by standard ones: caller, operator, on-call, reported. */
const LITERARY = /\b(?:nobody|somebody|whoever|whomever|told|mended|anew)\b/i;

const FOLDERS = /^(?:bench|cli|docs|infra|lambdas|shared|simulator|test)\//;

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((file) => FOLDERS.test(file));

/** The names that a file declares: types, functions, variables, parameters, members of types and classes. Not JSON keys. */
const declaredNames = (file: string): { name: string; line: number }[] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const names: { name: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const named = node as ts.Node & { name?: ts.Node };
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isGetAccessorDeclaration(node);
    if (
      declares &&
      named.name !== undefined &&
      (ts.isIdentifier(named.name) || ts.isPrivateIdentifier(named.name))
    ) {
      names.push({
        name: named.name.text.replace('#', ''),
        line: source.getLineAndCharacterOfPosition(named.name.getStart(source)).line + 1,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
};

const TITLED = new Set(['describe', 'it', 'test']);

/** The function that a call starts with: `it` of `it.each(table)('title')`. */
const calleeOf = (node: ts.Expression): string => {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return calleeOf(node.expression);
  return ts.isIdentifier(node) ? node.text : '';
};

/** The comments and the test titles of a file, each with its line. */
const proseOf = (file: string, text: string): { text: string; line: number }[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    const comments = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of comments) found.set(pos, text.slice(pos, end));
    if (ts.isCallExpression(node) && TITLED.has(calleeOf(node.expression))) {
      const [title] = node.arguments;
      if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) {
        found.set(title.getStart(source), title.getText(source));
      }
    }
    // Tokens as well: the last comment of a block belongs to its closing bracket.
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([at, prose]) => ({
      text: prose,
      line: source.getLineAndCharacterOfPosition(at).line + 1,
    }));
};

describe('the names of the code', () => {
  it('are found, private members included, so that the rules below can fail', () => {
    const names = declaredNames('shared/zoom/pacer.ts').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Pacer', 'rateLimitedUntil', 'signal']));
  });

  it('include no retired word', () => {
    const left = files.flatMap((file) =>
      declaredNames(file)
        .filter(
          ({ name }) =>
            (Object.hasOwn(RETIRED, name) && !KEPT[name]?.test(file)) ||
            partsOf(name).some((part) => RETIRED_PARTS.has(part)),
        )
        .map(({ name, line }) => `${file}:${String(line)} ${name} (use ${RETIRED[name] ?? 'another word'})`),
    );
    expect(left).toEqual([]);
  });

  it('of files and folders include no retired word', () => {
    const left = files.filter((file) =>
      file.split('/').some((part) => RETIRED_FILES.has(part.replace(/(?:\.test)?\.ts$/, ''))),
    );
    expect(left).toEqual([]);
  });
});

describe('comments and test titles', () => {
  it('are found, so that the rule below can fail', () => {
    const text =
      "/** One. */\nit('two', () => {\n  // Three.\n});\nit.each([1])('four %d', () => undefined);";
    expect(proseOf('a.ts', text)).toEqual([
      { text: '/** One. */', line: 1 },
      { text: "'two'", line: 2 },
      { text: '// Three.', line: 3 },
      { text: "'four %d'", line: 5 },
    ]);
  });

  it('use standard words for persons and reports', () => {
    const left = files.flatMap((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      // Parsing is slow: most files have none of the words anywhere.
      if (!LITERARY.test(source)) return [];
      return proseOf(file, source)
        .filter(({ text }) => LITERARY.test(text))
        .map(({ text, line }) => `${file}:${String(line)} ${text}`);
    });
    expect(left).toEqual([]);
  });
});
