import * as z from 'zod';
import { MAPPING_VERSION, OCSF_VERSIONS } from './format.ts';
import type { OcsfClassUid } from './ocsf-activity.ts';

const text = z.string().min(1);

const UserSchema = z.strictObject({ name: text, email_addr: text.optional() });
export type OcsfUser = z.infer<typeof UserSchema>;

const GroupSchema = z.strictObject({ name: text });

const SettingSchema = z.strictObject({ name: text, value: text });
export type OcsfSetting = z.infer<typeof SettingSchema>;

const EntitySchema = z.strictObject({
  type: text,
  type_id: z.literal([0, 2, 3, 99]).optional(),
  name: text,
  user: UserSchema.optional(),
  group: GroupSchema.optional(),
  data: z.strictObject({ settings: z.array(SettingSchema).min(1) }).optional(),
});
export type OcsfEntity = z.infer<typeof EntitySchema>;

const OsSchema = z.strictObject({
  name: text,
  type_id: z.literal([100, 200, 201, 300, 301, 302]),
  type: z.enum(['Windows', 'Linux', 'Android', 'macOS', 'iOS', 'iPadOS']),
});
export type OcsfOs = z.infer<typeof OsSchema>;

const EndpointSchema = z.strictObject({
  ip: text,
  type_id: z.literal([4, 5, 8]).optional(),
  type: z.enum(['Tablet', 'Mobile', 'Browser']).optional(),
  os: OsSchema.optional(),
});
export type OcsfEndpoint = z.infer<typeof EndpointSchema>;

const ObservableSchema = z.union([
  z.strictObject({ name: text, type_id: z.literal(2), type: z.literal('IP Address'), value: text }),
  z.strictObject({ name: text, type_id: z.literal(5), type: z.literal('Email Address'), value: text }),
]);
export type OcsfObservable = z.infer<typeof ObservableSchema>;

const MetadataSchema = z.strictObject({
  version: z.enum(OCSF_VERSIONS),
  uid: text,
  profiles: z.array(z.enum(['datetime', 'host'])).min(1),
  product: z.strictObject({
    vendor_name: z.literal('Zoom'),
    name: z.literal('Zoom'),
    feature: z.strictObject({ name: text }),
  }),
  log_provider: text,
  log_name: text,
  event_code: text.optional(),
  original_time: text,
  logged_time: z.int(),
  tenant_uid: text,
  labels: z.array(text).min(1),
});

/** The attributes that not every class has. */
const CLASS_ONLY = [
  'user',
  'service',
  'is_remote',
  'src_endpoint',
  'entity',
  'entity_result',
  'privileges',
  'group',
] as const;

const MUST = true;
const MAY = false;

/** Which of them a class must have, and which it may have; any other is an error. */
const CLASS_ATTRIBUTES: Readonly<
  Record<OcsfClassUid, Partial<Record<(typeof CLASS_ONLY)[number], boolean>>>
> = {
  3001: { user: MUST },
  3002: { user: MUST, service: MUST, is_remote: MUST, src_endpoint: MAY },
  3004: { entity: MUST, entity_result: MAY },
  3005: { user: MUST, privileges: MUST },
  3006: { group: MUST, user: MAY },
};

/** An OCSF event as we write it: a small subset of OCSF. The tests check it with OCSF's own schemas as well. */
export const OcsfEventSchema = z
  .strictObject({
    category_uid: z.literal(3),
    category_name: z.literal('Identity & Access Management'),
    class_uid: z.literal([3001, 3002, 3004, 3005, 3006]),
    class_name: text,
    activity_id: z.int(),
    activity_name: text.optional(),
    type_uid: z.int(),
    type_name: text,
    severity_id: z.literal(1),
    severity: z.literal('Informational'),
    status_id: z.literal([0, 1, 2]),
    status: z.enum(['Unknown', 'Success', 'Failure']),
    time: z.int(),
    time_dt: z.iso.datetime({ precision: 3 }),
    timezone_offset: z.literal(0),
    message: text.optional(),
    metadata: MetadataSchema,
    actor: z.strictObject({ user: UserSchema }).optional(),

    user: UserSchema.optional(),
    service: z.strictObject({ name: z.literal('Zoom') }).optional(),
    is_remote: z.literal(true).optional(),
    src_endpoint: EndpointSchema.optional(),
    entity: EntitySchema.optional(),
    entity_result: EntitySchema.optional(),
    privileges: z.array(text).min(1).optional(),
    group: GroupSchema.optional(),

    observables: z.array(ObservableSchema).min(1).optional(),
    /** Absent only if it is longer than 1.1.0 allows: then it is in `unmapped`. */
    raw_data: text.optional(),
    unmapped: z
      .record(z.string(), z.unknown())
      .refine((unmapped) => unmapped['mapping_version'] === MAPPING_VERSION, 'names another mapping_version'),
  })
  .superRefine((event, context) => {
    const attributes = CLASS_ATTRIBUTES[event.class_uid];
    for (const name of CLASS_ONLY) {
      const isRequired = attributes[name];
      if (event[name] === undefined ? !isRequired : isRequired !== undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `class ${event.class_uid} ${isRequired ? 'lacks' : 'has no'} "${name}"`,
      });
    }
    if (event.type_uid !== event.class_uid * 100 + event.activity_id) {
      context.addIssue({ code: 'custom', path: ['type_uid'], message: 'type_uid is not class and activity' });
    }
    if (event.time !== Date.parse(event.time_dt)) {
      context.addIssue({ code: 'custom', path: ['time_dt'], message: 'time_dt is not time' });
    }
  });
export type OcsfEvent = z.infer<typeof OcsfEventSchema>;
