import { isGrpcServiceError } from '@temporalio/client';
import { tell } from '../../events/server/tell.ts';
import type { Identity } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { jsonValue } from '../../platform/json-text.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import { BudgetError } from '../../platform/server/isolates/isolated.ts';
import { piiRedactor } from '../../platform/server/pii-rules.ts';
import { redactLarge } from '../../platform/server/redact-large.ts';
import {
  beginAttempt,
  endInboundDelivery,
  type InboundDeliveryRow,
  readInboundDelivery,
  writeResults,
  writeShown,
  writeWaiting,
} from '../db/inbound-deliveries.ts';
import { type InboundWebhookRow, readInboundWebhook } from '../db/inbound-webhooks.ts';
import type { ProcessDeliveryArgs } from '../inbound-contract.ts';
import type { ActionResult } from '../inbound-schemas.ts';
import { identityOf } from './accountable.ts';
import { type ActionContext, type ActionDone, madeBy, type OpenedException } from './actions/action.ts';
import { openInput, type ReceivedInput } from './inbound-secrets.ts';
import type { InboundServices } from './inbound-services.ts';
import { type DeliveryScope, type PlannedAction, planAction, prepare } from './plan-actions.ts';
import { kindOf, readBody } from './read-body.ts';
import { schemeOf } from './schemes/registry.ts';

/** A delivery that could not be processed now. `message` is for people and quotes nothing of it. */
export class NotProcessedError extends Error {}

/** The content is gone with the data of a person. */
export const erasedContent = 'What the delivery said was erased with the data of a person.';

/** They may go away by themselves: the delivery is processed again. */
const passing: ReadonlySet<ErrorCode> = new Set(['unavailable', 'overloaded', 'rate_limited', 'internal']);

/**
 * Does what the actions of an endpoint say about a delivery, and records each result. Done again after an interruption, it
 * goes on where it was: an action takes effect once.
 * @param signal aborted when no further action may begin
 * @throws NotProcessedError when it has to be tried again, what the database throws, or the reason of the signal
 */
export async function processDelivery(
  services: InboundServices,
  args: ProcessDeliveryArgs,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, deliveryId, round } = args;
  const found = await services.db.tenant(tenantId, async (connection) => {
    const delivery = await beginAttempt(connection, deliveryId, round);
    return delivery && { delivery, webhook: await readInboundWebhook(connection, delivery.webhook_id) };
  });
  if (!found) return;
  const { delivery, webhook } = found;
  if (!webhook) {
    await endDelivery(services, args, {
      status: 'failed',
      error: 'The endpoint was removed. Nothing was done.',
    });
    return;
  }
  if (!delivery.input_sealed) {
    await endDelivery(services, args, { status: 'failed', error: `${erasedContent} Nothing was done.` });
    return;
  }
  const input = await openInput(services.vault, { tenantId, deliveryId }, delivery.input_sealed);
  const body = readBody(kindOf(delivery.content_type) ?? 'json', input.body);
  if (delivery.headers === null) await show(services, delivery, input, body);
  let identity: Identity;
  try {
    identity = identityOf(webhook, await services.accounts.members(tenantId));
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error;
    await endDelivery(services, args, { status: 'failed', error: error.message });
    return;
  }
  const scope = { body, headers: input.headers };
  await withOrigin({ door: 'rest', address: delivery.address }, () =>
    act(services, { identity, delivery, webhook, scope, signal }),
  );
}

interface Work {
  identity: Identity;
  delivery: InboundDeliveryRow;
  webhook: InboundWebhookRow;
  scope: DeliveryScope;
  signal: AbortSignal;
}

async function act(services: InboundServices, work: Work): Promise<void> {
  const { delivery, webhook, scope, signal } = work;
  const { tenant_id: tenantId, id: deliveryId, round } = delivery;
  const args = { tenantId, deliveryId, round };
  const results = [...delivery.results];
  const opened = createOpened();
  for (const [index, definition] of webhook.actions.entries()) {
    const planned = await planAction(definition, index, scope, tenantId);
    if ('failed' in planned) {
      const whole = { action: index, item: null, definition };
      const result = resultOf(whole, 'failed', planned.failed);
      if (!resultBefore(results, whole)) await record(services, work, results, result);
      continue;
    }
    for (const each of planned) {
      const before = resultBefore(results, each);
      if (before) {
        opened.restore(each, before);
        continue;
      }
      signal.throwIfAborted();
      const done = await actOnce(services, work, each, opened.of(each));
      if (done.opened) opened.set(each, done.opened);
      await record(services, work, results, done.result);
    }
  }
  const failed = results.filter(({ status }) => status === 'failed').length;
  await endDelivery(services, args, {
    status: failed > 0 ? 'failed' : 'processed',
    error: failed > 0 ? `${failed} of ${results.length} actions failed.` : null,
    results,
  });
}

/** Of this round, or what had succeeded before it. The actions of the endpoint may be others since. */
const resultBefore = (
  results: ActionResult[],
  { action, item, definition }: Pick<PlannedAction, 'action' | 'item' | 'definition'>,
): ActionResult | undefined =>
  results.find((each) => each.action === action && each.item === item && each.do === definition.do);

/** @throws NotProcessedError when it may succeed later */
async function actOnce(
  services: InboundServices,
  { identity, delivery, webhook, scope }: Work,
  planned: PlannedAction,
  opened: OpenedException | null,
): Promise<{ result: ActionResult; opened?: OpenedException }> {
  const prepared = await prepare(planned, opened, delivery.tenant_id);
  if ('skipped' in prepared) return { result: resultOf(planned, 'skipped', prepared.skipped) };
  if ('failed' in prepared) return { result: resultOf(planned, 'failed', prepared.failed) };
  const context: ActionContext = {
    services,
    identity,
    requestId: delivery.id,
    webhookId: delivery.webhook_id,
    deliveryId: delivery.id,
    event: eventName(webhook, scope),
    key: ['inbound', delivery.id, delivery.round, planned.action, planned.item ?? ''].join('/'),
    body: scope.body,
    opened,
  };
  try {
    const done: ActionDone = await prepared.ready.run(context);
    const result = { ...resultOf(planned, done.status, done.message), ...madeBy(done) };
    return { result, ...(done.opened && { opened: done.opened }) };
  } catch (error) {
    if (isPassing(error)) throw new NotProcessedError(messageOf(error));
    if (!(error instanceof InterlockError)) throw error;
    return { result: resultOf(planned, 'failed', wordsOf(error)) };
  }
}

/** A name and nothing else: an event keeps it. */
function eventName({ scheme }: InboundWebhookRow, { headers, body }: DeliveryScope): string | null {
  const name = schemeOf(scheme).eventName?.(headers, body) ?? '';
  return /^[a-z][a-z_]*(?:[./:][a-z_]+){0,5}$/i.test(name) && name.length <= 80 ? name : null;
}

/** The SDK wraps the errors of its connection. */
function isPassing(error: unknown): boolean {
  if (error instanceof InterlockError) return passing.has(error.code);
  return isGrpcServiceError(error);
}

const messageOf = (error: unknown): string =>
  error instanceof InterlockError ? error.message : 'The workflow engine is unavailable.';

const wordsOf = ({ message, issues }: InterlockError): string =>
  issues?.length
    ? `${message} ${issues
        .slice(0, 5)
        .map((issue) => `${issue.path} ${issue.message}`)
        .join('; ')}.`
    : message;

function resultOf(
  { action, item, definition }: Pick<PlannedAction, 'action' | 'item' | 'definition'>,
  status: ActionResult['status'],
  message: string | null,
): ActionResult {
  const none = { exceptionId: null, runId: null, executionId: null, opened: null };
  return { action, item, do: definition.do, status, message, ...none, at: new Date().toISOString() };
}

async function record(
  services: InboundServices,
  { delivery }: Work,
  results: ActionResult[],
  result: ActionResult,
): Promise<void> {
  const message = result.message && (await services.written.note(delivery.tenant_id, result.message));
  results.push({ ...result, message });
  const written = await services.db.tenant(delivery.tenant_id, (connection) =>
    writeResults(connection, delivery, results),
  );
  if (!written) throw new NotProcessedError('The delivery has ended meanwhile.');
}

/** The exception of each item, and of actions without items. */
function createOpened() {
  const byItem = new Map<number | null, OpenedException>();
  return {
    of: ({ item }: PlannedAction) => byItem.get(item) ?? byItem.get(null) ?? null,
    set: ({ item }: PlannedAction, opened: OpenedException) => void byItem.set(item, opened),
    /** Of an action that was done before. */
    restore({ item }: PlannedAction, { opened }: ActionResult) {
      if (opened) byItem.set(item, opened);
    },
  };
}

/** Stores what people see of a delivery, without secrets and with personal data as its organization has chosen. */
async function show(
  services: InboundServices,
  delivery: InboundDeliveryRow,
  input: ReceivedInput,
  body: JsonValue,
): Promise<void> {
  const { tenant_id: tenantId, id } = delivery;
  const known = await services.written.secrets(tenantId);
  const pii = await services.personal.ofTenant(tenantId);
  const { text } = createSecretRedactor(known, piiRedactor(pii));
  const shown = await redactLarge(body, undefined, known, tenantId, pii, { storable: true }).then(
    ({ value }) => jsonValue(value),
    (error: unknown) => {
      if (!(error instanceof BudgetError)) throw error;
      return 'The body takes too long to redact, so it is not shown.';
    },
  );
  const headers = Object.fromEntries(
    Object.entries(input.headers).map(([name, value]) => [name, text(value)]),
  );
  const senderId = input.senderId === null ? null : text(input.senderId).slice(0, 255);
  await services.db.tenant(tenantId, (connection) =>
    writeShown(connection, id, { sender_id: senderId, headers, body: shown }),
  );
}

/** Says why a delivery waits for another attempt. */
export async function noteFailedAttempt(
  { db, log }: InboundServices,
  { tenantId, deliveryId: id, round }: ProcessDeliveryArgs,
  reason: string,
): Promise<void> {
  await db
    .tenant(tenantId, (connection) => writeWaiting(connection, { id, round }, `${reason} It is tried again.`))
    .catch((error: unknown) =>
      log.warn({ err: error, deliveryId: id }, 'why a delivery waits was not stored'),
    );
}

/** Ends a round, with its event. */
export async function endDelivery(
  { db }: InboundServices,
  { tenantId, deliveryId: id, round }: ProcessDeliveryArgs,
  end: { status: 'processed' | 'failed'; error: string | null; results?: ActionResult[] },
): Promise<void> {
  await db.tenantTransaction(tenantId, async (connection) => {
    if (!(await endInboundDelivery(connection, { id, round }, end))) return;
    const row = await readInboundDelivery(connection, id);
    if (!row) return;
    const webhook = await readInboundWebhook(connection, row.webhook_id);
    const count = (status: ActionResult['status']) =>
      row.results.filter((result) => result.status === status).length;
    await tell(
      connection,
      {
        identity: {
          tenantId,
          actor: { type: 'api_key', id: row.webhook_id, name: webhook?.name ?? 'Inbound webhook' },
        },
        requestId: id,
      },
      {
        type: end.status === 'failed' ? 'InboundDeliveryFailed' : 'InboundDeliveryProcessed',
        subjectType: 'inbound_webhook',
        subjectId: row.webhook_id,
        data: {
          deliveryId: id,
          succeeded: count('succeeded'),
          skipped: count('skipped'),
          failed: count('failed'),
          ...(end.error !== null && { error: end.error }),
        },
      },
    );
  });
}
