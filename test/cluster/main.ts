import { parseArgs } from 'node:util';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { requireGo } from '../support/require-go.ts';
import { type PartName, partNames } from './part-names.ts';

// `npm run cluster -- --parts contract,roll,throughput,restore,faults`: docs/performance-cluster.md, "The drill".

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: partNames.join(',') },
    clients: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '10' },
    'fault-seconds': { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    'limit-minutes': { type: 'string', default: '15' },
  },
});
const number = (name: Exclude<keyof typeof values, 'parts'>): number => {
  const given = Number(values[name]);
  if (!(given > 0)) throw new Error(`--${name}: ${values[name]} is not a number above 0.`);
  return given;
};

try {
  const parts = values.parts.split(',').map((name): PartName => {
    const part = partNames.find((known) => known === name);
    if (!part) throw new Error(`--parts: ${name} is not one of ${partNames.join(', ')}.`);
    return part;
  });
  requireGo();
  const { runDrill } = await import('./drill.ts');
  await runDrill({
    parts: new Set(parts),
    clients: number('clients'),
    seconds: number('seconds'),
    faultSeconds: number('fault-seconds'),
    seed: number('seed'),
    limitMinutes: number('limit-minutes'),
  });
} catch (error) {
  console.error(errorMessage(error));
  process.exit(1);
}
