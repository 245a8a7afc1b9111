import { durationMs, durationWords } from '../../../platform/duration.ts';
import { ExpressionError } from '../../../platform/server/expressions.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { WaitStep } from './definition.ts';

const inMs = (duration: string): string => new Date(Date.now() + (durationMs(duration) ?? 0)).toISOString();

export const wait: StepRunner<WaitStep> = {
  async open(step, { values }) {
    if (step.event !== undefined) {
      const timeoutAt = step.timeout === undefined ? {} : { timeoutAt: inMs(step.timeout) };
      return { change: { status: 'waiting', detail: { event: step.event, ...timeoutAt } } };
    }
    if (step.for !== undefined) return { change: { status: 'waiting', detail: { until: inMs(step.for) } } };
    const until = values['/until'];
    const at = typeof until === 'string' ? Date.parse(until) : Number.NaN;
    if (Number.isNaN(at)) throw new ExpressionError('The result is not a time (ISO 8601)', '/until');
    return { change: { status: 'waiting', detail: { until: new Date(at).toISOString() } } };
  },
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
  wake(step, { row, isDue }) {
    if (isDue(row.detail.until))
      return { change: { status: 'completed', outcome: 'elapsed' }, data: { outcome: 'elapsed' } };
    if (!isDue(row.detail.timeoutAt)) return null;
    const data = { outcome: 'timed_out' };
    if (step.onTimeout === 'continue') return { change: { status: 'completed', ...data }, data };
    const reason = `${row.detail.event ?? 'The event'} did not arrive in time.`;
    return { change: { status: 'failed', reason, ...data }, data };
  },
  wakeTimes: ({ detail }) => [detail.until, detail.timeoutAt],
  waitingOn: ({ detail }) => (detail.event ? `event ${detail.event}` : `until ${detail.until ?? 'later'}`),
  view: (_, { row: { detail } }) => ({
    waitsFor: { until: detail.until ?? detail.timeoutAt ?? null, event: detail.event ?? null },
  }),
  async dryRun(step, { resolve }) {
    return { result: 'would_wait', message: await waitWords(step, resolve) };
  },
};

async function waitWords(
  step: WaitStep,
  resolve: Parameters<StepRunner<WaitStep>['dryRun']>[1]['resolve'],
): Promise<string> {
  if (step.event !== undefined) return `Waits for the event ${step.event}`;
  if (step.for !== undefined) return `Waits ${durationWords(durationMs(step.for) ?? 0)}`;
  const { value, holes } = await resolve('/until');
  return holes.size > 0
    ? 'Waits until a time that depends on a step without an answer'
    : `Waits until ${String(value)}`;
}
