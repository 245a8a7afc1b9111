import type { SearchSubject } from '../../search/search-subjects.ts';
import type { PlaceName } from '../person-schemas.ts';

/** An actor in the columns of a row. `person`: the column of their mailbox. */
interface ActorColumns {
  id: string;
  name: string;
  person?: string;
}

/**
 * A table with personal data. A pass reads the rows of its root in the order of their keys, and the rows of the table that
 * belong to them. In conditions, `r` is the root and `t` the table.
 */
export interface Place {
  name: PlaceName;
  table: string;
  /** The table whose key orders the pass, with the column of `table` that refers to it. Left out: `table` itself. */
  root?: { table: string; by: string };
  /** The primary key, with its types. */
  key: Readonly<Record<string, 'uuid' | 'text' | 'integer' | 'bigint'>>;
  texts?: readonly string[];
  json?: readonly string[];
  /** Of these columns, those that quote full names of accounts without their id. */
  quoting?: readonly string[];
  actors?: readonly ActorColumns[];
  /** Columns with a mailbox. */
  persons?: readonly string[];
  personLists?: readonly string[];
  /** Names of actors without their id. */
  names?: readonly string[];
  /** Addresses of the actor in this column. */
  address?: { column: string; of: string };
  /** What is counted and stays: it is changed by hand. */
  written?: readonly string[];
  /** While this is true, the row stays as it is. */
  open?: string;
  /** What legal holds cover: a case, a tool, a time. */
  held?: { exception?: string; tool?: string; at?: string };
  /** What search finds by this row: the column with its id. */
  search?: { type: SearchSubject; by: string };
  /** Texts that are unique, so that two may not become the same. */
  unique?: readonly string[];
  /** What a change of the row sets too. */
  bump?: string;
}

const openExecution = "r.status NOT IN ('succeeded', 'failed')";
const openRun = "r.status IN ('running', 'waiting')";
const execution = { exception: 'r.exception_id', tool: 'r.tool_id', at: 'r.created_at' };
const ofCase = { exception: 'r.exception_id::text' };
const createdBy = { id: 'created_by_id', name: 'created_by_name' };
const id = { id: 'uuid' } as const;
const byExecution = { table: 'tool_execution', by: 'execution_id' };
const byRun = { table: 'playbook_run', by: 'run_id' };
const byException = { table: 'exception', by: 'exception_id' };
const theCase = { exception: 'r.id::text' };

/** Every table of a tenant that may hold personal data, but the log. A test finds one that is missing. */
export const places: readonly Place[] = [
  {
    name: 'executions',
    table: 'tool_execution',
    key: id,
    texts: ['error_message', 'failure_reason'],
    json: ['settlement', 'issues', 'input_payload', 'output_payload', 'policy_decision'],
    actors: [{ id: 'requested_by_actor_id', name: 'requested_by_actor_name' }],
    open: openExecution,
    held: execution,
    search: { type: 'execution', by: 'id' },
  },
  {
    name: 'attempts',
    table: 'execution_attempt',
    root: byExecution,
    key: { execution_id: 'uuid', number: 'integer' },
    texts: ['error_message', 'error_reason'],
    json: ['request', 'response'],
    open: openExecution,
    held: execution,
    search: { type: 'execution', by: 'execution_id' },
  },
  {
    name: 'approvals',
    table: 'execution_approval',
    root: byExecution,
    key: { execution_id: 'uuid' },
    texts: ['reason'],
    json: ['request'],
    persons: ['requester_person'],
    open: openExecution,
    held: execution,
  },
  {
    name: 'votes',
    table: 'execution_vote',
    root: byExecution,
    key: { execution_id: 'uuid', person: 'text' },
    texts: ['reason'],
    actors: [{ id: 'actor_id', name: 'actor_name', person: 'person' }],
    open: openExecution,
    held: execution,
  },
  {
    name: 'executions',
    table: 'artifact',
    key: id,
    texts: ['name'],
    actors: [createdBy],
    unique: ['name'],
  },
  {
    name: 'runs',
    table: 'playbook_run',
    key: id,
    texts: ['reason', 'pause_reason'],
    json: ['input'],
    actors: [
      { id: 'started_by_id', name: 'started_by_name', person: 'started_by_person' },
      { id: 'cancelled_by_id', name: 'cancelled_by_name' },
    ],
    names: ['paused_by'],
    open: openRun,
    held: ofCase,
    search: { type: 'run', by: 'id' },
  },
  {
    name: 'steps',
    table: 'playbook_step_run',
    root: byRun,
    key: id,
    texts: ['title', 'reason', 'failure_message'],
    json: ['input', 'issues', 'detail', 'covers', 'output'],
    actors: [
      { id: 'claimed_by_id', name: 'claimed_by_name', person: 'claimed_by_person' },
      { id: 'completed_by_id', name: 'completed_by_name', person: 'completed_by_person' },
    ],
    names: ['assignee_name'],
    persons: ['assignee_user'],
    personLists: ['candidate_users'],
    open: openRun,
    held: ofCase,
    search: { type: 'run', by: 'run_id' },
  },
  {
    name: 'completions',
    table: 'step_completion',
    root: byRun,
    key: id,
    texts: ['reason', 'refusal_message'],
    json: ['input'],
    actors: [{ id: 'actor_id', name: 'actor_name', person: 'person' }],
    address: { column: 'address', of: 'actor_id' },
    open: `${openRun} OR t.status = 'pending'`,
    held: ofCase,
  },
  {
    name: 'exceptions',
    table: 'exception',
    key: id,
    texts: ['title', 'description', 'source', 'resolution_note'],
    json: ['attributes'],
    actors: [createdBy, { id: 'assignee_id', name: 'assignee_name' }],
    held: theCase,
    search: { type: 'exception', by: 'id' },
    bump: 'revision = revision + 1, updated_at = now()',
  },
  {
    name: 'comments',
    table: 'comment',
    root: byException,
    key: id,
    texts: ['body'],
    actors: [createdBy],
    held: theCase,
    search: { type: 'exception', by: 'exception_id' },
  },
  {
    name: 'comments',
    table: 'comment_mention',
    root: byException,
    key: { comment_id: 'uuid', user_id: 'text' },
    actors: [{ id: 'user_id', name: 'user_name' }],
    held: theCase,
    search: { type: 'exception', by: 'exception_id' },
  },
  {
    name: 'links',
    table: 'exception_link',
    root: byException,
    key: id,
    texts: ['url', 'title'],
    unique: ['url'],
    held: theCase,
    search: { type: 'exception', by: 'exception_id' },
  },
  {
    name: 'exceptions',
    table: 'exception_attachment',
    root: byException,
    key: id,
    texts: ['name'],
    actors: [createdBy],
    held: theCase,
  },
  {
    name: 'editors',
    table: 'exception_editor',
    root: byException,
    key: { exception_id: 'uuid', actor_id: 'text', person: 'text' },
    persons: ['person'],
    held: theCase,
  },
  { name: 'views', table: 'exception_view', key: id, texts: ['name'], json: ['filter'], unique: ['name'] },
  {
    name: 'views',
    table: 'saved_view',
    key: id,
    texts: ['name'],
    json: ['filters'],
    actors: [{ id: 'owner_id', name: 'owner_name' }],
    unique: ['name'],
  },
  {
    name: 'notices',
    table: 'notice',
    key: id,
    texts: ['text'],
    persons: ['to_user'],
    held: ofCase,
  },
  { name: 'notices', table: 'notification', key: id, json: ['facts'], quoting: ['facts'] },
  { name: 'notices', table: 'notification_delivery', key: id, texts: ['error'], quoting: ['error'] },
  {
    name: 'settings',
    table: 'notification_channel',
    key: id,
    texts: ['disabled_reason'],
    quoting: ['disabled_reason'],
    actors: [{ id: 'owner_id', name: 'owner_name' }],
    written: ['name', 'input'],
  },
  {
    name: 'deliveries',
    table: 'webhook_delivery',
    key: id,
    json: ['payload', 'attempts'],
    held: { exception: "r.payload -> 'data' ->> 'exceptionId'" },
  },
  {
    name: 'batches',
    table: 'batch',
    key: id,
    texts: ['title', 'reason'],
    quoting: ['reason'],
    actors: [createdBy, { id: 'run_by_id', name: 'run_by_name' }],
    address: { column: 'address', of: 'run_by_id' },
    open: 'r.ended_at IS NULL',
    // What was asked for cannot be erased in parts.
    bump: 'definition_sealed = NULL',
  },
  {
    name: 'batches',
    table: 'batch_call',
    root: { table: 'batch', by: 'batch_id' },
    key: { batch_id: 'uuid', position: 'integer' },
    json: ['failure'],
    open: 'r.ended_at IS NULL',
  },
  {
    name: 'undos',
    table: 'execution_undo',
    root: byExecution,
    key: { execution_id: 'uuid', attempt: 'integer' },
    texts: ['reason'],
    actors: [createdBy],
    held: execution,
  },
  {
    name: 'undos',
    table: 'undo_series',
    key: id,
    texts: ['reason'],
    actors: [createdBy, { id: 'run_by_id', name: 'run_by_name' }],
    open: 'r.ended_at IS NULL',
    held: { exception: 'r.exception_id' },
  },
  {
    name: 'undos',
    table: 'undo_item',
    root: { table: 'undo_series', by: 'series_id' },
    key: { series_id: 'uuid', position: 'integer' },
    texts: ['label', 'reason'],
    open: 'r.ended_at IS NULL',
    held: { exception: 'r.exception_id' },
  },
  {
    name: 'schedules',
    table: 'schedule',
    key: id,
    texts: ['title', 'reason'],
    actors: [
      createdBy,
      { id: 'owner_id', name: 'owner_name' },
      { id: 'updated_by_id', name: 'updated_by_name' },
    ],
  },
  {
    name: 'schedules',
    table: 'schedule_run',
    root: { table: 'schedule', by: 'schedule_id' },
    key: id,
    texts: ['reason'],
    quoting: ['reason'],
    actors: [{ id: 'run_by_id', name: 'run_by_name' }],
    open: 't.ended_at IS NULL',
  },
  {
    name: 'deliveries',
    table: 'inbound_delivery',
    key: id,
    texts: ['error'],
    json: ['headers', 'body', 'results'],
    // What was received cannot be erased in parts.
    bump: 'input_sealed = NULL',
  },
  {
    name: 'definitions',
    table: 'tool_version',
    root: { table: 'tool', by: 'tool_id' },
    key: { tool_id: 'uuid', version: 'integer' },
    actors: [createdBy],
    written: ['definition', 'note'],
  },
  {
    name: 'definitions',
    table: 'tool_trial',
    key: id,
    texts: ['reason'],
    actors: [
      { ...createdBy, person: 'created_by_person' },
      { id: 'ended_by_id', name: 'ended_by_name' },
    ],
  },
  {
    name: 'definitions',
    table: 'connector_revision',
    root: { table: 'connector', by: 'connector_id' },
    key: { connector_id: 'uuid', revision: 'integer' },
    actors: [createdBy],
    written: ['definition', 'note'],
  },
  {
    name: 'definitions',
    table: 'playbook',
    key: id,
    actors: [createdBy],
    written: ['title', 'description', 'draft'],
  },
  {
    name: 'definitions',
    table: 'playbook_version',
    root: { table: 'playbook', by: 'playbook_id' },
    key: { playbook_id: 'uuid', version: 'integer' },
    actors: [createdBy],
    written: ['document', 'note'],
  },
  {
    name: 'definitions',
    table: 'policy',
    key: id,
    actors: [createdBy, { id: 'updated_by_id', name: 'updated_by_name' }],
    written: ['document'],
  },
  {
    name: 'definitions',
    table: 'policy_revision',
    root: { table: 'policy', by: 'policy_id' },
    key: { policy_id: 'uuid', revision: 'integer' },
    actors: [createdBy],
    written: ['document'],
  },
  {
    name: 'credentials',
    table: 'credential',
    key: id,
    actors: [createdBy, { id: 'updated_by_id', name: 'updated_by_name' }],
    written: ['name', 'note', 'settings'],
  },
  {
    name: 'credentials',
    table: 'credential_version',
    root: { table: 'credential', by: 'credential_id' },
    key: { credential_id: 'uuid', version: 'integer' },
    actors: [createdBy],
  },
  {
    name: 'credentials',
    table: 'oauth_token',
    key: { key: 'text' },
    actors: [{ id: 'connected_by_id', name: 'connected_by_name' }],
  },
  {
    name: 'settings',
    table: 'webhook_endpoint',
    key: id,
    texts: ['disabled_reason'],
    quoting: ['disabled_reason'],
    actors: [createdBy],
    written: ['url', 'description'],
  },
  {
    name: 'settings',
    table: 'legal_hold',
    key: id,
    actors: [createdBy, { id: 'released_by_id', name: 'released_by_name' }],
    written: ['reason', 'release_reason'],
  },
  {
    name: 'settings',
    table: 'inbound_webhook',
    key: id,
    actors: [
      createdBy,
      { id: 'updated_by_id', name: 'updated_by_name' },
      { id: 'accountable_id', name: 'accountable_name' },
    ],
    written: ['name', 'description', 'actions'],
  },
  {
    name: 'settings',
    table: 'exception_rule',
    key: id,
    actors: [createdBy, { id: 'updated_by_id', name: 'updated_by_name' }],
    written: ['document'],
  },
  {
    name: 'settings',
    table: 'breaker',
    key: id,
    actors: [{ id: 'changed_by_id', name: 'changed_by_name' }],
    written: ['reason'],
  },
  {
    name: 'settings',
    table: 'audit_problem',
    key: { tenant_id: 'uuid', kind: 'text', number: 'integer', event_id: 'bigint' },
    actors: [{ id: 'acknowledged_by_id', name: 'acknowledged_by_name' }],
    written: ['acknowledge_reason'],
  },
  {
    name: 'settings',
    table: 'tenant_setting',
    key: { tenant_id: 'uuid' },
    json: ['redaction', 'retention', 'egress', 'limits'],
  },
  {
    name: 'settings',
    table: 'exception_domain',
    key: { name: 'text' },
    written: ['title', 'attribute_schema'],
  },
];

/** Tables of a tenant without personal data, or with none of their own. */
export const placesWithout: Readonly<Record<string, string>> = {
  saved_view_default: 'Only ids; removed with the account.',
  tool: 'copies what its version says',
  connector: 'copies what its revision says',
  tool_policy: 'ids',
  tool_trial_call: 'ids',
  tool_rate: 'times',
  policy_rate: 'times',
  owed_start: 'ids',
  stalled_workflow: 'ids',
  idempotency_key: 'keys that callers chose',
  request_key: 'keys that callers chose',
  oauth_sign_in: 'digests, deleted after minutes',
  exception_counter: 'numbers',
  notice_read: 'ids',
  presence: 'who has a page open, deleted after minutes',
  presence_hidden: 'Only ids; removed with the account.',
  notification_setting: 'Ids and choices; removed with the account.',
  push_subscription:
    'Sealed addresses of browsers; removed with the session, the membership and the account.',
  playbook_task: 'ids of open work',
  playbook_kept_event: 'deleted with the end of its run',
  step_addressee: 'of open steps, kept by triggers',
  search_document: 'written again from what it is of',
  search_block: 'ids',
  event: 'erased as it is sealed, see erase-log.ts',
  audit_block: 'digests',
  audit_opening: 'digests',
  audit_head: 'digests',
  audit_check: 'numbers',
  retention_removal: 'ids',
  inbound_rate: 'times',
  inbound_group: 'digests',
  egress_reach: 'hosts and ids',
  call_place: 'ids',
  imported_document: 'descriptions of other systems, deleted after a week',
  imported_tool: 'ids',
  artifact_use: 'ids',
  artifact_object: 'ids',
  artifact_content: 'bytes that are not searched, removed with the executions and attachments that use them',
  execution_chunk: 'redacted parts of outputs, deleted after a day',
  usage_count: 'numbers; people are counted together',
  usage_time: 'numbers',
  usage_counted: 'ids',
  person_request: 'its own subject, erased with it',
};
