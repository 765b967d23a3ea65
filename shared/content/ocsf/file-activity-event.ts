import * as z from 'zod';
import { OCSF_VERSIONS } from '../../normalize/index.ts';

const text = z.string().min(1);

const OwnerSchema = z.strictObject({ uid: text, email_addr: text.optional() });

const FingerprintSchema = z.strictObject({
  algorithm_id: z.literal(3),
  algorithm: z.literal('SHA-256'),
  value: z.string().regex(/^[0-9a-f]{64}$/),
});

const FileSchema = z.strictObject({
  name: text,
  type_id: z.literal(1),
  type: z.literal('Regular File'),
  uid: text,
  version: text,
  /** The size that is stored; of a version that is not held, the one that Zoom states. */
  size: z.int().min(0).optional(),
  mime_type: text.optional(),
  owner: OwnerSchema.optional(),
  hashes: z.array(FingerprintSchema).length(1).optional(),
});
export type OcsfFile = z.infer<typeof FileSchema>;

const ObservableSchema = z.union([
  z.strictObject({ name: text, type_id: z.literal(5), type: z.literal('Email Address'), value: text }),
  z.strictObject({ name: text, type_id: z.literal(7), type: z.literal('File Name'), value: text }),
  z.strictObject({ name: text, type_id: z.literal(8), type: z.literal('Hash'), value: text }),
]);
export type FileObservable = z.infer<typeof ObservableSchema>;

/** Zoom's rows do not say who changed a file, or from where, and OCSF requires both. */
const UnknownSchema = z.strictObject({ name: z.literal('Unknown') });

/** The version of the mapping from custody to OCSF: `unmapped.mapping_version`. */
export const FILE_ACTIVITY_MAPPING = 1;

/** An event of OCSF's class File Hosting Activity, as we write it. The tests check it with OCSF's own schemas as well. */
export const FileActivityEventSchema = z
  .strictObject({
    category_uid: z.literal(6),
    category_name: z.literal('Application Activity'),
    class_uid: z.literal(6006),
    class_name: z.literal('File Hosting Activity'),
    activity_id: z.literal([3, 4, 8]),
    activity_name: z.enum(['Update', 'Delete', 'Restore']),
    type_uid: z.int(),
    type_name: text,
    severity_id: z.literal(1),
    severity: z.literal('Informational'),
    status_id: z.literal(1),
    status: z.literal('Success'),
    time: z.int(),
    time_dt: z.iso.datetime({ precision: 3 }),
    timezone_offset: z.literal(0),
    message: text,
    metadata: z.strictObject({
      version: z.enum(OCSF_VERSIONS),
      uid: text,
      profiles: z.tuple([z.literal('datetime')]),
      product: z.strictObject({
        vendor_name: z.literal('Zoom'),
        name: z.literal('Zoom'),
        feature: z.strictObject({ name: text }),
      }),
      log_provider: z.literal('zoom-log-source'),
      log_name: z.literal('custody'),
      event_code: text,
      original_time: text,
      logged_time: z.int(),
      tenant_uid: text,
      labels: z.tuple([z.literal('area:content'), text]),
    }),
    actor: z.strictObject({ user: UnknownSchema }),
    src_endpoint: UnknownSchema,
    file: FileSchema,
    /** The version after a replacement. 1.1.0 has no such attribute: there it is in `unmapped`. */
    file_result: FileSchema.optional(),
    observables: z.array(ObservableSchema).min(1),
    /** The line of custody, without the parts of the file. */
    raw_data: text,
    unmapped: z
      .record(z.string(), z.unknown())
      .refine(({ mapping_version: version }) => version === FILE_ACTIVITY_MAPPING, 'another mapping_version'),
  })
  .superRefine((event, context) => {
    if (event.type_uid !== event.class_uid * 100 + event.activity_id) {
      context.addIssue({ code: 'custom', path: ['type_uid'], message: 'type_uid is not class and activity' });
    }
    if (event.time !== Date.parse(event.time_dt)) {
      context.addIssue({ code: 'custom', path: ['time_dt'], message: 'time_dt is not time' });
    }
  });
export type FileActivityEvent = z.infer<typeof FileActivityEventSchema>;
