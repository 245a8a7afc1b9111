import { readFileSync } from 'node:fs';
import { createInterlockClient, InterlockApiError } from '../shared/client/interlock-client.ts';

// An outside engine: opens an exception, starts a run on it, follows its events, completes each step that it may, and
// resolves the exception. Configured by INTERLOCK_URL and INTERLOCK_API_KEY, else by a running `npm start`.

const dev = () => JSON.parse(readFileSync('.interlock/dev.json', 'utf8'));
const interlock = createInterlockClient({
  url: process.env.INTERLOCK_URL ?? dev().apiUrl,
  apiKey: process.env.INTERLOCK_API_KEY ?? dev().apiKeys.acme,
});

const exception = await interlock.exceptions.create({
  title: 'Card payment failed twice',
  severity: 'high',
  source: 'example engine',
  attributes: { paymentId: 'pay_k28axcwum3', amount: 1.5 },
});
console.log(`Opened EX-${exception.number}`);

// Subscribe first: every later event is delivered, even after a lost connection.
const events = interlock.events.subscribe({ exceptionId: exception.id });
await events.ready;
const { id } = await interlock.runs.start({ playbookId: 'failed_payment', exceptionId: exception.id });
const tried = new Set<string>();

for await (const event of events) {
  console.log(`${event.type} by ${event.actor.name} ${event.data.stepId ?? ''}`.trimEnd());
  const run = await interlock.runs.get({ id });
  if (run.status === 'completed') break;
  if (run.status === 'failed' || run.status === 'cancelled') throw new Error(run.reason ?? run.status);
  for (const step of run.steps) {
    // Once each: a step that stays open needs a person.
    if (step.status !== 'waiting' || !step.mayComplete || tried.has(step.id)) continue;
    tried.add(step.id);
    try {
      // A tool is called with the input that the playbook resolved.
      const input = step.type === 'call_tool' ? undefined : fillIn(step.form);
      // Where there is a choice, this engine gives the money back.
      const outcome = step.outcomes.find((each) => each.id === 'refund')?.id;
      await interlock.runs.complete({ id, stepId: step.id, input, outcome });
    } catch (error) {
      if (!(error instanceof InterlockApiError) || error.status >= 500) throw error;
      console.log(`${step.title}: ${error.message}`, error.issues);
    }
  }
}
const resolved = await interlock.exceptions.resolve({ id: exception.id, code: 'fixed' });
console.log(`EX-${resolved.number} is ${resolved.status}`);

/** The input of this engine for a form: `true`, the first choice, or the smallest value of every required field. */
function fillIn(form: Record<string, unknown> | null): unknown {
  if (!form) return undefined;
  const { required = [], properties = {} } = form as { required?: string[]; properties?: object };
  const fields = properties as Record<string, { type?: string; enum?: unknown[] }>;
  const least: Record<string, unknown> = { boolean: true, number: 1.5, integer: 1, string: 'checked' };
  const fill = (field: (typeof fields)[string] = {}) => field.enum?.[0] ?? least[field.type ?? 'string'];
  return Object.fromEntries(required.map((name) => [name, fill(fields[name])]));
}
