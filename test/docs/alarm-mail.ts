/** The fields of an alarm in CloudWatch's mail. */
export interface MailedAlarm {
  readonly name: string;
  readonly description: string;
  readonly reason: string;
}

/** The text of CloudWatch's e-mail for an alarm: its own words around ours, which are unchanged. */
export const alarmToMail = ({ name, description, reason }: MailedAlarm): string =>
  [
    `You are receiving this email because your Amazon CloudWatch Alarm "${name}" in the US East (N. Virginia) region has entered the`,
    `ALARM state, because "${reason}" at "Tuesday 24 November, 2026 03:05:09 UTC".`,
    '',
    'Alarm Details:',
    `- Name:                       ${name}`,
    `- Description:                ${description}`,
    '- State Change:               OK -> ALARM',
    `- Reason for State Change:    ${reason}`,
    '- Timestamp:                  Tuesday 24 November, 2026 03:05:09 UTC',
  ].join('\n');
