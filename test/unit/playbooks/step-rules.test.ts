import { expect, test } from 'vitest';
import { refusedByState } from '../../../shared/playbooks/server/step-rules.ts';

type Of<F extends (...args: never[]) => unknown, N extends number> = Parameters<F>[N];

test.each(['The books are closed', 'The books are closed.'])(
  'who paused a run for “%s” is said in one sentence',
  (reason) => {
    const run = { status: 'waiting', paused_at: new Date(), paused_by: 'Ana', pause_reason: reason };
    const refused = refusedByState(
      run as Of<typeof refusedByState, 0>,
      { status: 'waiting' } as Of<typeof refusedByState, 1>,
    );
    expect(refused?.message).toBe('The run is paused by Ana: The books are closed.');
  },
);
