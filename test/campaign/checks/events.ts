import {
  type EventRecord,
  type Evidence,
  type ExecutionRecord,
  groupBy,
  isOpen,
  type RunRecord,
  spanOf,
} from '../evidence.ts';
import type { Violation } from '../journal.ts';

/** Every stream got each event of its tenant once, in the order of the log. */
export function streamsAreWhole({
  streams,
  tenants,
  events,
}: Pick<Evidence, 'streams' | 'tenants' | 'events'>): Violation[] {
  const found: Violation[] = [];
  for (const { tenant, events: delivered } of streams) {
    const report = (id: string, what: string) =>
      found.push({ kind: 'stream', id, what: `${what} (stream of ${tenant})` });
    const { id: tenantId } = tenants.find(({ slug }) => slug === tenant)!;
    // Someone who follows gets everything between the first event and the last one.
    const own = events.filter((event) => event.tenantId === tenantId).map(({ id }) => id);
    const expected = own.slice(
      own.indexOf(delivered[0]?.id ?? ''),
      own.indexOf(delivered.at(-1)?.id ?? '') + 1,
    );
    const seen = new Set<string>();
    for (const { id } of delivered) {
      if (seen.has(id)) report(id, 'The event was delivered twice');
      seen.add(id);
    }
    for (const id of expected) if (!seen.has(id)) report(id, 'The event was not delivered');
    const known = new Set(expected);
    for (const { id, type } of delivered)
      if (!known.has(id)) report(id, `The event ${type} is not in the log of the tenant`);
    const order = delivered.map(({ id }) => id).filter((id) => known.has(id));
    const at = order.findIndex((id, index) => id !== expected[index]);
    if (seen.size === expected.length && at >= 0) report(order[at]!, 'The event was delivered out of order');
    if (delivered.length === 0) report('', 'Nothing was delivered');
  }
  return found;
}

const executionEnds = ['ToolExecutionCompleted', 'ToolExecutionFailed'];
const runEnds = ['PlaybookRunCompleted', 'PlaybookRunFailed', 'PlaybookRunCancelled'];
/** A failed call may run again. */
const stepEnds = ['StepCompleted', 'StepSkipped'];

/** The events of one execution, run or step tell one story: begin first, attempts counted without a gap, one end, last. */
export function inOrder({
  events,
  executions,
  runs,
}: Pick<Evidence, 'events' | 'executions' | 'runs'>): Violation[] {
  const found: Violation[] = [];
  const bySubject = groupBy(events, ({ subjectType, subjectId }) => `${subjectType} ${subjectId}`);
  const check = (
    of: 'execution' | 'run',
    record: ExecutionRecord | RunRecord,
    begin: string,
    ends: readonly string[],
  ) => {
    const own = bySubject.get(`${of} ${record.id}`) ?? [];
    const problem = storyProblem(own, begin, ends, !isOpen(record));
    if (problem)
      found.push({ kind: 'order', id: record.id, what: `${problem}: ${typesOf(own)}`, ...spanOf(record) });
  };
  for (const row of executions.values()) {
    check('execution', row, 'ToolExecutionRequested', executionEnds);
    const numbers = (bySubject.get(`execution ${row.id}`) ?? [])
      .filter(({ type }) => type === 'ToolExecutionAttempted')
      .map(({ data }) => Number(data.number));
    if (!isOpen(row) && (numbers.length !== row.attempts || numbers.some((each, at) => each !== at + 1)))
      found.push({
        kind: 'order',
        id: row.id,
        what: `Its ${row.attempts} attempts are told as ${numbers.join(', ') || 'none'}`,
        ...spanOf(row),
      });
  }
  for (const run of runs.values()) check('run', run, 'PlaybookRunStarted', runEnds);
  for (const [subject, own] of bySubject) {
    if (!subject.startsWith('step ')) continue;
    // All of a notify step is its notice.
    if (own.every(({ type }) => type === 'NoticeSent')) continue;
    const problem = storyProblem(own, 'StepOpened', stepEnds, false);
    if (problem)
      found.push({
        kind: 'order',
        id: subject,
        what: `${problem}: ${typesOf(own)}`,
      });
  }
  return found;
}

const typesOf = (own: readonly EventRecord[]): string => own.map(({ type }) => type).join(', ');

function storyProblem(
  own: readonly EventRecord[],
  begin: string,
  ends: readonly string[],
  isEnded: boolean,
): string | null {
  const begins = own.filter(({ type }) => type === begin).length;
  const ending = own.filter(({ type }) => ends.includes(type));
  if (begins !== 1 || own[0]?.type !== begin) return `${begin} is not its first event`;
  if (ending.length > 1) return 'It ended more than once';
  if (isEnded && ending.length === 0) return 'Its end is missing';
  const after = own.slice(own.findIndex(({ type }) => ends.includes(type)) + 1);
  // A person settles an unknown outcome later; a refused completion or a reminder may come late.
  const late = after.filter(({ type }) =>
    /^(StepStarted|StepOpened|ToolExecution(Started|Attempted))$/.test(type),
  );
  return ending.length === 1 && late.length > 0 ? 'It went on after its end' : null;
}
