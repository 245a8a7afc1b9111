import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { isScalar, type JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { isPiiKind, piiKinds } from '../../platform/redaction/pii/pii-kinds.ts';
import { createRateLimit } from '../../platform/server/rate-limit.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import {
  knownToolIds,
  lockRedaction,
  type RedactionRow,
  readRedaction,
  writeRedaction,
} from '../db/redaction-settings.ts';
import {
  choicesFor,
  type RedactionInput,
  type RedactionSettings,
  type TriedRedaction,
} from '../redaction-settings.ts';
import type { PersonalData } from './personal-data.ts';

interface RedactionServices {
  personal: PersonalData;
}

/** What the tenant wants done with personal data. */
export async function readRedactionSettings({ services, identity }: ReadContext): Promise<RedactionSettings> {
  return settingsView(await services.db.tenant(identity.tenantId, readRedaction));
}

/** @throws InterlockError `invalid_input` for an unknown tool, or `precondition_failed` */
export async function writeRedactionSettings(
  context: ChangeContext<RedactionServices>,
  input: RedactionInput,
  ifMatch?: IfMatch,
): Promise<RedactionSettings> {
  const { services, identity } = context;
  const row = await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const before = await lockRedaction(connection);
      checkState(ifMatch, before.redaction_revision);
      refuseUnknown(
        input,
        await knownToolIds(
          connection,
          input.tools.map(({ toolId }) => toolId),
        ),
      );
      const changedAt = new Date().toISOString();
      const after = await writeRedaction(connection, { ...input, changedBy: identity.actor, changedAt });
      await tell(connection, context, {
        type: 'RedactionSettingsChanged',
        subjectType: 'settings',
        subjectId: 'redaction',
        data: changesOf(settingsView(before), settingsView(after)),
      });
      return after;
    })
    .catch(refuseStale(() => currentState(context)));
  services.personal.changed(identity.tenantId);
  return settingsView(row);
}

async function currentState(context: ReadContext) {
  const current = await readRedactionSettings(context);
  const { changedBy, changedAt } = current;
  if (!changedBy || !changedAt) throw new Error('Redaction settings have a revision and no author');
  return { what: 'The redaction', changedBy, changedAt, current };
}

function refuseUnknown({ tools }: RedactionInput, known: ReadonlySet<string>): void {
  const issues = tools.flatMap(({ toolId }, index) =>
    known.has(toolId) ? [] : [{ path: `/tools/${index}/toolId`, message: 'is not a tool', keyword: 'tool' }],
  );
  if (issues.length > 0) throw new InterlockError('invalid_input', 'Some tools are unknown.', { issues });
}

function settingsView({ redaction, redaction_revision: revision }: RedactionRow): RedactionSettings {
  const chosen = redaction?.kinds ?? {};
  return {
    kinds: Object.fromEntries(
      piiKinds.map((kind) => [kind, chosen[kind] ?? 'off']),
    ) as RedactionSettings['kinds'],
    tools: redaction?.tools ?? [],
    note: redaction?.note ?? '',
    revision,
    changedBy: redaction?.changedBy ?? null,
    changedAt: redaction?.changedAt ?? null,
  };
}

/** Kinds that are treated in another way, and the tools that differ. */
function changesOf(before: RedactionSettings, after: RedactionSettings): Record<string, unknown> {
  const kinds = piiKinds.filter((kind) => before.kinds[kind] !== after.kinds[kind]);
  return {
    kinds: Object.fromEntries(kinds.map((kind) => [kind, after.kinds[kind]])),
    toolIds: after.tools.map(({ toolId }) => toolId),
  };
}

const perMinute = 60;
const tries = createRateLimit(perMinute);
/** Of what was found. */
const mostFound = 200;

/**
 * What would be stored of a value. Nothing is stored now.
 * @throws InterlockError `rate_limited`, or `invalid_input` when it takes too long
 */
export async function tryRedaction(
  { services, identity }: ReadContext<RedactionServices>,
  { value, kinds }: { value: JsonValue; kinds?: RedactionInput['kinds'] | undefined },
): Promise<TriedRedaction> {
  admit(identity);
  const { tenantId } = identity;
  const rules = kinds
    ? services.personal.rules(tenantId, choicesFor({ kinds, tools: [] }))
    : await services.personal.ofTenant(tenantId);
  const redacted = await redactSent(value, undefined, [], tenantId, rules);
  return { value: redacted.value, found: marksIn(redacted.value) };
}

function admit({ tenantId, actor }: Identity): void {
  const waitMs = tries(`${tenantId}/${actor.id}`);
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new InterlockError(
    'rate_limited',
    `One person can try ${perMinute} texts in a minute. Try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}

function marksIn(value: JsonValue, path = ''): TriedRedaction['found'] {
  if (typeof value === 'string') {
    return [...value.matchAll(/\[redacted(?::([a-z_]+)[^[\]]*)?\]/g)].map(([shown, kind]) => ({
      path,
      kind: isPiiKind(kind) ? kind : 'secret',
      shown,
    }));
  }
  if (isScalar(value)) return [];
  const found: TriedRedaction['found'] = [];
  for (const [name, inner] of Object.entries(value)) {
    found.push(...marksIn(name, path), ...marksIn(inner as JsonValue, pointer(path, name)));
    if (found.length >= mostFound) return found.slice(0, mostFound);
  }
  return found;
}
