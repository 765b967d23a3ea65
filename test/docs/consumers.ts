import * as z from 'zod';

/** What SNS posts to an address, or puts into a queue: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const EnvelopeSchema = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().max(100),
  Message: z.string(),
  Timestamp: z.string(),
});

export type Envelope = z.infer<typeof EnvelopeSchema>;

const embedded = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
const AlarmSchema = z.object({
  AlarmName: z.string().min(1),
  AlarmDescription: z.string().max(1024),
  NewStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  NewStateReason: z.string().min(1).max(1023),
  OldStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  StateChangeTime: z.string(),
  Region: z.string(),
  Trigger: z.looseObject({ MetricName: z.string(), Dimensions: z.array(z.unknown()) }),
});

/**
 * PagerDuty parses strictly: a subject that begins with the state, and the same state in the body. By trial, because it documents
 * none of it: http://cetinich.net/content/2022/cloudwatch-pagerduty-sns/
 */
export const PagerDutySchema = EnvelopeSchema.extend({
  Subject: z.string().regex(/^(?:ALARM|OK): /),
  Message: embedded(AlarmSchema.extend({ NewStateValue: z.enum(['ALARM', 'OK']) })),
}).refine(({ Subject, Message }) => Subject.startsWith(`${Message.NewStateValue}: `));

/**
 * Opsgenie creates an alert when the alarm begins, and closes it when CloudWatch does:
 * https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-amazon-cloudwatch/
 */
export const OpsgenieSchema = EnvelopeSchema.extend({
  Message: embedded(AlarmSchema.pick({ AlarmName: true, NewStateValue: true, NewStateReason: true })),
});

/** Amazon Q's custom notifications: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
export const AmazonQSchema = z.strictObject({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  id: z.string().optional(),
  content: z.strictObject({
    textType: z.literal('client-markdown').optional(),
    title: z.string().optional(),
    description: z.string().min(1),
    nextSteps: z.array(z.string()).optional(),
    keywords: z.array(z.string()).optional(),
  }),
  metadata: z
    .strictObject({
      threadId: z.string().optional(),
      summary: z.string().optional(),
      eventType: z.string().optional(),
      relatedResources: z.array(z.string()).optional(),
      additionalContext: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});
