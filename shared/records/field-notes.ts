/**
 * What may change of a field's value within one `schema_version`. `fixed`: the value for a row never changes. `open`: new values may
 * be added to the listed ones. `mapping`: a later `mapping_version` may give another value for the same row, and may add values.
 */
export type Stability = 'fixed' | 'open' | 'mapping';

/** What a consumer of the delivered lines needs to know of a field. */
export interface FieldNote {
  readonly definition: string;
  /** The lines without it; undefined for a field that every line, or every object around it, has. */
  readonly absent?: string;
  readonly stability: Stability;
}

const fixed = (definition: string, absent?: string): FieldNote => note('fixed', definition, absent);
const open = (definition: string, absent?: string): FieldNote => note('open', definition, absent);
const mapped = (definition: string, absent?: string): FieldNote => note('mapping', definition, absent);

const note = (stability: Stability, definition: string, absent: string | undefined): FieldNote => ({
  definition,
  ...(absent !== undefined && { absent }),
  stability,
});

const NOT_PARSED = 'The text does not name it in a form that this mapping reads.';
const OPERATIONS_ONLY = 'Lines of `activity`.';

/** The fields of flat lines that are ours, by their path. */
export const FLAT_FIELD_NOTES: Readonly<Record<string, FieldNote>> = {
  event_id: fixed(
    'The id of the event: a UUID of version 5, the same in each format, and for each collector of the row.',
  ),
  schema_version: fixed('The version of this list of fields.'),
  mapping_version: fixed('The version of the mapping that made the line.'),
  event_time: fixed('When it happened, by Zoom: UTC with milliseconds.'),
  ingest_time: fixed('When its row was committed to `raw/`: UTC with milliseconds.'),
  stream: open('The stream of the row.'),
  log_type: open('The type of the log, as Panther names it.'),
  event_type: mapped('What happened, as `<object>.<event>`. [events.md](events.md) lists all of them.'),
  area: mapped('The part of the account that it is about.'),
  account_id: fixed("Zoom's id of the account."),
  category: mapped("Zoom's category of the operation, in snake case.", OPERATIONS_ONLY),
  verb: mapped('The action as one of five words.', OPERATIONS_ONLY),
  actor_email: mapped(
    'The e-mail address of the person who did it, in lower case.',
    'The row names no person by address, for example an API application.',
  ),
  actor_name: mapped('The person who did it, as Zoom names them.', 'The row names no person.'),
  target_type: mapped('The kind of object that the operation was about.', NOT_PARSED),
  target_name: mapped('The name of that object.', NOT_PARSED),
  target_email: mapped(
    'Its e-mail address, in lower case.',
    'It is no person, or the text has no address of it.',
  ),
  target_emails: mapped(
    'The addresses of all people whom the operation was about, sorted: the target, or the users of a batch.',
    'The text names no person by address.',
  ),
  controls: mapped(
    'The protections and permissions that the operation changed, sorted.',
    'The text has several readings, or it changes no setting.',
  ),
  weakened: mapped('Those of `controls` that are weaker after it, sorted.', 'It weakened none.'),
  unlocked: mapped(
    'Those of `controls` whose settings groups or users can change after it, sorted.',
    'It unlocked none.',
  ),
  detail: mapped(
    'What was read from `operation_detail`. The text itself is in the line, too.',
    OPERATIONS_ONLY,
  ),
  'detail.status': mapped(
    'How reliable the rest is. `full`: the text has one reading. `likely`: a guess, or free text could imitate it. `partial`: an item could not be taken apart. `none`: nothing could be read.',
  ),
  'detail.verb': mapped('The verb that the text begins with.', NOT_PARSED),
  'detail.target': mapped('The object that the text names.', NOT_PARSED),
  'detail.target.type': mapped('Its kind.'),
  'detail.target.name': mapped('Its name.'),
  'detail.target.email': mapped('Its e-mail address, in lower case.', 'The text has no address of it.'),
  'detail.group': mapped('The group that people entered or left.', 'It changed no membership.'),
  'detail.section': mapped('The page of settings that the text names.', NOT_PARSED),
  'detail.people': mapped('The addresses that the items list, in lower case.', 'The items list no address.'),
  'detail.changes': mapped('The items of the text, in its order.', 'The text has no items.'),
  'detail.changes[].setting': mapped("The setting, in Zoom's words.", 'The item could not be parsed.'),
  'detail.changes[].kind': mapped(
    '`change`: from one value to another. `set`: to a value. `value`: a value beside a name. `ambiguous`: several readings. `text`: not parsed.',
  ),
  'detail.changes[].old_value': mapped('The value before.', 'The item does not state it.'),
  'detail.changes[].new_value': mapped('The value after.', 'The item does not state it.'),
  'detail.changes[].locked': mapped(
    'Whether the setting was locked (`true`) or unlocked (`false`).',
    'The item does not state it.',
  ),
  'detail.changes[].text': mapped('The item verbatim.', 'The item was parsed.'),
  'detail.changes[].control': mapped(
    'The protection or permission that the setting belongs to.',
    'The item could not be parsed.',
  ),
  'detail.changes[].direction': mapped(
    'The effect on security. `changed`: in no direction that names and values determine.',
    'The text has several readings.',
  ),
  any_emails: mapped('All e-mail addresses of the event, in lower case, sorted.', 'It has none.'),
  any_ip_addresses: mapped('All IP addresses of the event, sorted.', 'It has none.'),
  any_usernames: mapped(
    'People without an e-mail address, sorted.',
    'All people have an address, or there are none.',
  ),
  any_domain_names: mapped('The domains of `any_emails`, sorted.', 'It has no e-mail address.'),
  _row: fixed(
    'Fields of the row with a name of ours, or one that would hide another field from a reader.',
    'The row has no such field, which is usual.',
  ),
};

/** The fields that Zoom documents for the rows of the logs, which stand in flat lines as they are. */
export const ROW_FIELD_NOTES: Readonly<Record<string, FieldNote>> = {
  time: fixed('When it happened, as Zoom writes it.'),
  operator: fixed('Who did it: an e-mail address or a name.', 'Zoom did not send it.'),
  category_type: fixed("Zoom's category.", 'Zoom did not send it.'),
  action: fixed("Zoom's word for the action.", 'Zoom did not send it.'),
  operation_detail: fixed('The text of the operation, verbatim.', 'Zoom did not send it.'),
  email: fixed('Who signed in or out.', 'Zoom did not send it.'),
  type: fixed('`Sign in` or `Sign out`.', 'Zoom did not send it.'),
  ip_address: fixed('The address of the client.', 'Zoom did not send it.'),
  client_type: fixed('The kind of client.', 'Zoom did not send it.'),
  version: fixed('The version of the client.', 'Zoom did not send it.'),
};

const NO_SUCH_CLASS = 'Events of other classes.';

/** The attributes of OCSF that our events have, by their path. What OCSF itself says of them applies. */
export const OCSF_FIELD_NOTES: Readonly<Record<string, FieldNote>> = {
  category_uid: open('The category: 3.'),
  category_name: open('Its name.'),
  class_uid: mapped('The class.'),
  class_name: mapped('Its name.'),
  activity_id: mapped('The activity of the class.'),
  activity_name: mapped(
    "Its name; Zoom's own word for activity 99.",
    'Activity 99 of a row without a word for it.',
  ),
  type_uid: mapped('Class and activity in one number.'),
  type_name: mapped('Their names.'),
  severity_id: fixed('Always 1: the log does not rate its rows.'),
  severity: fixed('Always `Informational`.'),
  status_id: mapped('The outcome.'),
  status: mapped('Its name.'),
  time: fixed('When it happened, in milliseconds since 1970.'),
  time_dt: fixed('The same as text.'),
  timezone_offset: fixed('Always 0: times are UTC.'),
  message: fixed('The text of the row.', 'The row has none.'),
  metadata: fixed('Where the event comes from.'),
  'metadata.version': fixed('The version of OCSF.'),
  'metadata.uid': fixed('The id of the event, as `event_id` of the flat line.'),
  'metadata.profiles': fixed('The profiles in use.'),
  'metadata.product': fixed('The product.'),
  'metadata.product.vendor_name': fixed('Always `Zoom`.'),
  'metadata.product.name': fixed('Always `Zoom`.'),
  'metadata.product.feature': fixed("Zoom's feature."),
  'metadata.product.feature.name': open("Zoom's name of the log."),
  'metadata.log_provider': fixed('The connector.'),
  'metadata.log_name': open('The stream.'),
  'metadata.event_code': fixed("Zoom's word for the action.", 'The row has none.'),
  'metadata.original_time': fixed('The time as Zoom writes it.'),
  'metadata.logged_time': fixed('When the row was committed, in milliseconds since 1970.'),
  'metadata.tenant_uid': fixed("Zoom's id of the account."),
  'metadata.labels': mapped('The area, and the controls as `control:mfa` and `weakened:mfa`.'),
  actor: mapped('Who did it.', 'The row names no person.'),
  'actor.user': mapped('The person.'),
  'actor.user.name': mapped('Their name, or their address.'),
  'actor.user.email_addr': mapped('Their e-mail address.', 'The row has no address of them.'),
  user: mapped('The person it happened to.', NO_SUCH_CLASS),
  'user.name': mapped('Their name, or their address.'),
  'user.email_addr': mapped('Their e-mail address.', 'The row has no address of them.'),
  service: fixed('What was signed in to.', NO_SUCH_CLASS),
  'service.name': fixed('Always `Zoom`.'),
  is_remote: fixed('Always `true`.', NO_SUCH_CLASS),
  src_endpoint: mapped('The client.', 'Events of other classes, and sign-ins without an address.'),
  'src_endpoint.ip': mapped('Its address.'),
  'src_endpoint.type_id': mapped('Its kind.', 'The kind of client is not known.'),
  'src_endpoint.type': mapped('The name of its kind.', 'The kind of client is not known.'),
  'src_endpoint.os': mapped('Its operating system.', 'It is not known.'),
  'src_endpoint.os.name': mapped('Its name.'),
  'src_endpoint.os.type_id': mapped('Its type.'),
  'src_endpoint.os.type': mapped('The name of its type.'),
  entity: mapped('What was managed, before it was changed.', NO_SUCH_CLASS),
  'entity.type': mapped('Its kind.'),
  'entity.type_id': mapped('Its kind as a number.', 'OCSF 1.1.0 has no such attribute.'),
  'entity.name': mapped('Its name.'),
  'entity.user': mapped('The user that it is.', 'It is no user.'),
  'entity.user.name': mapped('Their name, or their address.'),
  'entity.user.email_addr': mapped('Their e-mail address.', 'The row has no address of them.'),
  'entity.group': mapped('The group that it is.', 'It is no group.'),
  'entity.group.name': mapped('Its name.'),
  'entity.data': mapped('Its settings.', 'No setting was read.'),
  'entity.data.settings': mapped('The settings before.'),
  'entity.data.settings[].name': mapped("The setting, in Zoom's words."),
  'entity.data.settings[].value': mapped('Its value.'),
  entity_result: mapped('The same after it was changed.', 'The row states no values of after.'),
  'entity_result.type': mapped('Its kind.'),
  'entity_result.type_id': mapped('Its kind as a number.', 'OCSF 1.1.0 has no such attribute.'),
  'entity_result.name': mapped('Its name.'),
  'entity_result.user': mapped('The user that it is.', 'It is no user.'),
  'entity_result.user.name': mapped('Their name, or their address.'),
  'entity_result.user.email_addr': mapped('Their e-mail address.', 'The row has no address of them.'),
  'entity_result.group': mapped('The group that it is.', 'It is no group.'),
  'entity_result.group.name': mapped('Its name.'),
  'entity_result.data': mapped('Its settings.', 'No setting was read.'),
  'entity_result.data.settings': mapped('The settings after.'),
  'entity_result.data.settings[].name': mapped("The setting, in Zoom's words."),
  'entity_result.data.settings[].value': mapped('Its value.'),
  privileges: mapped('The roles that were given or taken.', NO_SUCH_CLASS),
  group: mapped('The group that was managed.', NO_SUCH_CLASS),
  'group.name': mapped('Its name.'),
  observables: mapped('Addresses to search for.', 'The event has none.'),
  'observables[].name': mapped('The attribute that has the value.'),
  'observables[].type_id': mapped('The kind of value.'),
  'observables[].type': mapped('The name of its kind.'),
  'observables[].value': mapped('The value.'),
  raw_data: fixed('The row as JSON.', 'It is longer than OCSF 1.1.0 allows. Then it is in `unmapped`.'),
  unmapped: mapped(
    'What has no attribute in OCSF: `mapping_version`, and Zoom’s fields and the parsed text.',
  ),
};
