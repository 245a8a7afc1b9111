import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../dev/paths.ts';
import { eventTypes, knownEventTypes } from '../../../shared/events/event-types.ts';
import { offeredEventTypes } from '../../../shared/webhooks/offered-event-types.ts';

/** The code that can write to the event log. */
const writers = globSync(
  [
    ...['shared/*/{server,db}/**/*.ts', 'shared/**/run.ts'],
    'worker/**/*.ts',
    'api/{identity,evidence}/**/*.ts',
  ],
  {
    cwd: projectRoot,
  },
)
  .map((path) => readFileSync(join(projectRoot, path), 'utf8'))
  .join('\n');

test('a webhook offers exactly the event types that the code writes', () => {
  for (const type of eventTypes) expect(writers, type).toContain(`'${type}'`);
  for (const type of knownEventTypes.slice(eventTypes.length)) expect(writers).not.toContain(`'${type}'`);
  const offered = new Set<string>(offeredEventTypes);
  expect(eventTypes.filter((type) => !offered.has(type))).toEqual(['WebhookDeliveryFailed']);
});
