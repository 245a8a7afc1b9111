import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { ReportOptions } from '../../executions/server/replay-tool.ts';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { createFewAtOnce } from '../../platform/server/few-at-once.ts';
import { unredacted } from '../../tools/server/new-issues.ts';
import type { Backtest, BacktestedCase, BacktestInput } from '../backtest-schemas.ts';
import { comparePath, type HappenedStep, type WouldStep } from '../compare-path.ts';
import { readExceptionScope } from '../db/exceptions-of-runs.ts';
import { hasRun, listPastExceptions, listPastRuns } from '../db/past-runs.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import {
  documentKey,
  type PinnedDocument,
  readDocumentsOf,
  readPlaybookVersion,
} from '../db/playbook-versions.ts';
import { readPlaybook } from '../db/playbooks.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';
import type { ToolPins } from '../db/tables.ts';
import { allSteps, type PlaybookDocument } from '../playbook-document.ts';
import { definitionOf, isStepType } from '../steps/registry.ts';
import { invalidDocument, parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog } from './checks/catalog.ts';
import { walkDocument } from './dry-run.ts';
import { fitsException } from './fitting-playbooks.ts';
import { noPlaybook } from './playbook-errors.ts';

const pageSize = 20;
const places = createFewAtOnce(2, 'backtests');

/**
 * Which path a definition of a playbook would have taken on past cases, compared with what happened. It walks the definition
 * with the outputs that were recorded; nothing is called and nothing is written. Expressions run in isolates, where tenants take
 * turns.
 * @throws InterlockError `not_found`, `invalid_definition`, `invalid_input`, `rate_limited`
 */
export async function backtestPlaybook(
  { services: { db }, identity: { tenantId } }: ReadContext,
  input: BacktestInput,
  { signal, onItem }: ReportOptions<BacktestedCase> = {},
): Promise<Backtest> {
  const tried = await triedDocument(db, tenantId, input);
  const report: Backtest = {
    playbookId: tried.playbookId,
    version: tried.version,
    counts: { would_break: 0, differs: 0, same: 0, unknown: 0, not_recorded: 0 },
    items: [],
  };
  const end = places.begin(tenantId);
  try {
    for await (const past of pastCases(db, tenantId, tried, input)) {
      if (signal?.aborted) break;
      const item = await backtestCase(tried, past, tenantId);
      report.counts[item.verdict] += 1;
      if (onItem) await onItem(item);
      else report.items.push(item);
      await nextTurn();
    }
  } finally {
    end();
  }
  return report;
}

interface Tried {
  playbookId: string;
  version: number | null;
  document: PlaybookDocument;
  catalog: Catalog;
}

async function triedDocument(
  db: Database,
  tenantId: string,
  { id, definition, version }: BacktestInput,
): Promise<Tried> {
  if (version !== undefined && definition !== undefined)
    throw new InterlockError('invalid_input', 'Send a version or a definition, not both.');
  return db.tenant(tenantId, async (connection) => {
    const row = await readPlaybook(connection, id);
    if (!row) throw noPlaybook();
    const sent = definition ?? (version === undefined ? row.draft : null);
    const number = sent ? null : (version ?? row.published_version);
    const { document, toolIds } = sent
      ? { document: parsed(sent), toolIds: undefined }
      : await publishedAt(number, () => readPlaybookVersion(connection, row.id, number!));
    const catalog = await loadCatalog(connection, [document], toolIds);
    return { playbookId: row.id, version: number, document, catalog };
  });
}

function parsed(sent: unknown): PlaybookDocument {
  const { document, issues } = parseShape(sent);
  if (!document) throw invalidDocument(issues);
  return document;
}

async function publishedAt(
  version: number | null,
  read: () => Promise<PinnedDocument | null>,
): Promise<{ document: PlaybookDocument; toolIds: ToolPins }> {
  const found = version === null ? null : await read();
  if (!found) throw new InterlockError('not_found', `The playbook has no version ${version ?? 'to try'}.`);
  return found;
}

/** What happened. */
interface PastCase {
  run: RunRow | null;
  steps: StepRow[];
  exception: JsonObject | null;
  startedAt: Date | string;
  /** The version that ran. */
  ran: PlaybookDocument | null;
}

/** Runs of the playbook; for one that has never run, the exceptions that its triggers fit. */
async function* pastCases(
  db: Database,
  tenantId: string,
  { playbookId, document }: Tried,
  { from, to, limit }: BacktestInput,
): AsyncGenerator<PastCase> {
  const page = { from: from ?? null, to: to ?? null, limit: pageSize };
  const ran = await db.tenant(tenantId, (connection) => hasRun(connection, playbookId));
  let left = limit;
  let before: string | null = null;
  while (left > 0) {
    const at: { before: string | null } = { before };
    const cases: PastCase[] = ran
      ? await db.tenant(tenantId, async (connection) => {
          const runs = await listPastRuns(connection, { ...page, ...at, playbookId });
          const steps = await listStepRuns(
            connection,
            runs.map(({ id }) => id),
          );
          const documents = await readDocumentsOf(connection, runs);
          return Promise.all(
            runs.map(async (run) => ({
              run,
              steps: steps.filter(({ run_id }) => run_id === run.id),
              exception: run.exception_id ? await readExceptionScope(connection, run.exception_id) : null,
              startedAt: run.created_at,
              ran: documents.get(documentKey(run))?.document ?? null,
            })),
          );
        })
      : await db.tenant(tenantId, async (connection) => {
          const rows = await listPastExceptions(connection, { ...page, ...at });
          const scopes = await Promise.all(rows.map(({ id }) => readExceptionScope(connection, id)));
          return scopes
            .filter((scope) => scope !== null)
            .map((exception) => ({
              run: null,
              steps: [],
              exception,
              startedAt: String(exception.createdAt),
              ran: null,
            }));
        });
    for (const each of cases) {
      if (left === 0) return;
      if (!each.run && !(await fitsException(document, each.exception!, tenantId))) continue;
      left -= 1;
      yield each;
    }
    if (cases.length < pageSize) return;
    const last = cases.at(-1)!;
    before = last.run?.id ?? String(last.exception!.id);
  }
}

async function backtestCase(
  { document, catalog }: Tried,
  past: PastCase,
  tenantId: string,
): Promise<BacktestedCase> {
  const { run, steps, exception } = past;
  const base = {
    runId: run?.id ?? null,
    runStatus: run?.status ?? null,
    playbookVersion: run?.playbook_version ?? null,
    exception: exception && {
      id: String(exception.id),
      number: Number(exception.number),
      title: String(exception.title),
    },
    startedAt: new Date(past.startedAt).toISOString(),
  };
  if (run?.payloads_removed_at)
    return {
      ...base,
      verdict: 'not_recorded',
      reason: 'Its payloads were removed, as the retention of the organization asks.',
      differsAt: null,
      path: { happened: [], would: [] },
      approvals: { happened: [], would: [] },
      steps: [],
    };
  const walked = await walkDocument(document, catalog, {
    tenantId,
    exception,
    input: run?.input ?? {},
    answers: answersOf(document, steps),
    startedBy: run?.started_by_name ?? 'a backtest',
  });
  const would: WouldStep[] = walked.map((step) => ({
    ...step,
    issues: unredacted(step.issues, (step.input ?? null) as JsonValue),
  }));
  const happened = steps.map(happenedStep);
  const existed = new Set(past.ran ? allSteps(past.ran).map(({ step }) => step.id) : []);
  const compared = comparePath(happened, would, {
    whole: run?.status === 'completed',
    known: (stepId) => run === null || existed.has(stepId),
  });
  const asks = (types: ReadonlyMap<string, string>, ids: readonly string[]) =>
    ids.filter((id) => asksApproval(types.get(id) ?? ''));
  const typesOf = (each: readonly { stepId: string; type: string }[]) =>
    new Map(each.map(({ stepId, type }) => [stepId, type]));
  const approvals = {
    happened: asks(typesOf(happened), compared.path.happened),
    would: asks(typesOf(would), compared.path.would),
  };
  if (run !== null || compared.verdict === 'would_break') return { ...base, ...compared, approvals };
  const reason = 'The playbook did not run for it: there is nothing to compare with.';
  return { ...base, ...compared, verdict: 'not_recorded', reason, approvals };
}

const asksApproval = (type: string): boolean => isStepType(type) && definitionOf({ type }).votes;

const happenedStep = ({ step_id: stepId, title, type, status, outcome, issues }: StepRow): HappenedStep => ({
  stepId,
  title,
  type,
  skipped: isSkippedByCondition({ status, outcome }),
  outcome,
  issues: issues ?? [],
});

const isSkippedByCondition = ({ status, outcome }: Pick<StepRow, 'status' | 'outcome'>): boolean =>
  status === 'skipped' && outcome === 'condition';

/** How people and providers have completed the steps, for those that the definition still has. What it computes itself, it computes. */
function answersOf(
  document: PlaybookDocument,
  rows: readonly StepRow[],
): Record<string, { outcome?: string; output?: unknown }> {
  const computed = new Set(
    allSteps(document)
      .filter(({ step }) =>
        definitionOf(step)
          .expressions(step)
          .some(({ kind }) => kind === 'choice'),
      )
      .map(({ step }) => step.id),
  );
  const answered = rows.filter(
    (row) =>
      (row.status === 'completed' || row.status === 'skipped' || row.status === 'failed') &&
      !isSkippedByCondition(row) &&
      row.outcome !== null &&
      // Someone may have skipped it instead.
      !(computed.has(row.step_id) && row.status === 'completed'),
  );
  return Object.fromEntries(
    answered.map((row) => [row.step_id, { outcome: row.outcome!, output: row.output ?? null }]),
  );
}
