import type { ExceptionView } from '../../shared/exceptions/exception-schemas.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { CaseActions, type CaseDesk } from './case-actions.ts';
import { demoCases } from './cases.ts';
import type { DemoCase } from './demo-case.ts';
import type { DemoRecords } from './demo-records.ts';
import type { DemoState } from './demo-state.ts';
import { ensureDomains, ensurePlaybooks, finishPlaybooks } from './ensure-playbooks.ts';
import { ensureViews } from './ensure-views.ts';
import { type Who, workers } from './history.ts';
import { inTurns } from './in-turns.ts';
import { acme, globex } from './people.ts';
import type { Admins, ToolIds } from './register.ts';
import type { RestClient } from './rest-client.ts';

const hour = 3_600_000;

/** Domains, playbooks, exceptions, and what people did about them. A case that fails is only logged. */
export async function loadCases(input: {
  as: (who: Who) => RestClient;
  admins: Admins;
  tools: ToolIds;
  records: DemoRecords;
  state: DemoState;
  note: (change: Partial<DemoState>) => void;
  log: (line: string) => void;
}): Promise<void> {
  const { as, admins, state, note, log } = input;
  const writers = { [acme]: as('emil'), [globex]: as('kenji') };
  await Promise.all([ensureDomains(admins), ensurePlaybooks(writers)]);
  // Once: who has removed one does not want it back.
  if (!state.casesSince) await ensureViews(admins);
  note({ casesSince: state.casesSince ?? new Date().toISOString() });

  const cases = demoCases(input.records);
  const exceptions = new Map<string, string>();
  const desk: CaseDesk = { as, exceptions, tools: input.tools, tenantOf: (who) => workers[who].tenant };
  for (const each of cases)
    exceptions.set(each.key, await openException(as(each.by), each, state.casesSince));

  const stories = (wanted: DemoCase[]) =>
    wanted
      .filter(({ key }) => !state.casesBegun.includes(key))
      .map(({ key, play }) => async () => {
        note({ casesBegun: [...state.casesBegun, key] });
        try {
          await play?.(new CaseActions(desk, key));
        } catch (error) {
          log(`The case ${key} failed: ${errorMessage(error)}`);
        }
      });
  await inTurns(stories(cases.filter(({ early }) => early)));
  await finishPlaybooks(writers);
  await inTurns(stories(cases.filter(({ early }) => !early)));
  note({ casesComplete: true });
}

/** Sends the same request every time, so that it returns the same exception. */
async function openException(
  client: RestClient,
  { key, exception: { dueInHours, ...exception } }: DemoCase,
  since: string | null,
): Promise<string> {
  const from = since ? Date.parse(since) : Date.now();
  const dueAt = dueInHours === undefined ? null : new Date(from + dueInHours * hour).toISOString();
  const { id } = await client.call<ExceptionView>(
    'POST',
    '/api/exceptions',
    { ...exception, dueAt },
    { 'idempotency-key': `demo-${key}` },
  );
  return id;
}
