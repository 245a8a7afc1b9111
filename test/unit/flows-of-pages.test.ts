import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingsFlows } from '../support/flows/settings-flows.ts';
import { workFlows } from '../support/flows/work-flows.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Pages on which nothing is done, or that lead elsewhere. */
const onlyRead = [
  '/',
  '/executions/$id',
  '/playbook-runs/$id',
  '/t/$tenant',
  '/$kind/$id/versions/$version',
  '/settings',
  '/settings/$section',
  '/connect-app/refused',
  '/docs/$page',
  'settings/encryption-keys',
];
const flows = [...workFlows, ...settingsFlows];

test('every page and every section of the settings has a flow that is done by keys alone and by touch alone', () => {
  const routes = [...read('web/routes.tsx').matchAll(/^ {2}path: '([^']+)',$/gm)].map((found) =>
    // The only one inside of another.
    found[1] === '/run' ? '/tools/$toolId/run' : found[1]!,
  );
  const sections = [...read('web/features/settings/sections.ts').matchAll(/^ {8}id: '([^']+)',$/gm)].map(
    (found) => `settings/${found[1]}`,
  );
  expect(routes.length).toBeGreaterThan(50);
  expect(sections.length).toBeGreaterThan(15);
  const pages = new Set([...routes, ...sections]);
  const done = new Set(flows.flatMap(({ on }) => on));
  const missing = [...pages].filter((page) => !done.has(page) && !onlyRead.includes(page));
  expect(missing, 'pages without a flow in test/support/flows').toEqual([]);
  const gone = [...done, ...onlyRead].filter((page) => !pages.has(page));
  expect(gone, 'flows on pages that are gone').toEqual([]);
});

test('the table of flows in docs/ux.md is what the tests do', () => {
  const rows = flows.map(({ title, on }) => `| ${title} | ${on.map((page) => `\`${page}\``).join(', ')} |`);
  const table = ['| flow | on |', '|---|---|', ...rows].join('\n');
  expect(read('docs/ux.md')).toContain(table);
});
