import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allTemplates } from '../../../shared/templates/server/template-catalog.ts';
import { factsFile, readFacts } from '../../support/template-facts.ts';
import { differences, domainOf, fits, type RenderedTemplate, rendered } from './check-template.ts';
import { operationsOf, readDocuments } from './documented-operations.ts';
import { compareGraphql } from './graphql-documents.ts';

// Compares every template with the providers' own OpenAPI documents: method, host, path, required parameters, names and
// types in query and body, auth. The documents are not in the repository: `npm run check:templates -- FOLDER [FOLDER …]`.
// `--record` writes into the facts which document a call agrees with.

const { positionals: folders, values } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'boolean' }, service: { type: 'string' } },
});
if (folders.length === 0) throw new Error('Name a folder with documents: npm run check:templates -- FOLDER');

const templates = (await allTemplates())
  .filter(({ data }) => values.service === undefined || data.service === values.service)
  .map(rendered);
const hostWord = ({ sample }: RenderedTemplate) => domainOf(new URL(sample.url).host);
const words = [...new Set(templates.map(hostWord))];

interface Comparison {
  /** Of the document: its title and version, and the file. */
  name: string;
  file: string;
  /** Method and path. */
  call: string;
  problems: string[];
}
/** Of every template, the document that it differs from least. */
const best = new Map<string, Comparison>();
let documents = 0;
for (const folder of folders) {
  for (const document of readDocuments(folder, words)) {
    documents++;
    const operations = operationsOf(document);
    for (const template of templates) {
      const { id } = template.template;
      // A path without parameters before one that has them.
      const [operation] = operations
        .filter((each) => fits(template, each))
        .toSorted((one, other) => one.path.split('{}').length - other.path.split('{}').length);
      if (!operation) continue;
      const problems = differences(template, operation);
      const before = best.get(id);
      if (!before || problems.length < before.problems.length)
        best.set(id, {
          name: document.name,
          file: document.file,
          call: `${operation.method} ${operation.path}`,
          problems,
        });
    }
  }
  for (const { template, file, problems } of compareGraphql(folder, templates))
    best.set(template.template.id, { name: 'GraphQL schema', file, call: 'GraphQL', problems });
}

const byService = Map.groupBy(templates, ({ template }) => template.data.service);
/** What the facts say of documents that contradict themselves or the provider's page. */
const accepted = new Map<string, string>();
for (const service of byService.keys())
  for (const [id, { differs }] of Object.entries((await readFacts(service)).calls))
    if (differs !== undefined) accepted.set(id, differs);
const agrees = (id: string) => best.has(id) && (best.get(id)!.problems.length === 0 || accepted.has(id));

console.log(`${documents} documents name a host of the ${templates.length} templates.`);
console.log('service | templates | in a document | agree | documents');
for (const [service, all] of byService) {
  const found = all.flatMap(({ template }) => best.get(template.id) ?? []);
  const agreeing = all.filter(({ template }) => agrees(template.id));
  const names = new Set(found.map(({ name, file }) => `${name} (${file})`));
  console.log([service, all.length, found.length, agreeing.length, [...names].join('; ')].join(' | '));
}
for (const { template } of templates) {
  const found = best.get(template.id);
  if (!found || found.problems.length === 0) continue;
  console.log(`\n${template.id}: ${found.call} in ${found.file}`);
  for (const problem of found.problems) console.log(`  ${problem}`);
  if (accepted.has(template.id)) console.log(`  accepted: ${accepted.get(template.id)}`);
}
const agreeing = templates.filter(({ template }) => agrees(template.id));
console.log(
  `\n${best.size} of ${templates.length} templates are in a document, ${agreeing.length} agree with it.`,
);
if (values.record) for (const service of byService.keys()) await record(service);
process.exitCode = agreeing.length < best.size ? 1 : 0;

async function record(service: string): Promise<void> {
  const facts = await readFacts(service);
  for (const [id, call] of Object.entries(facts.calls)) if (agrees(id)) call.checked = best.get(id)!.name;
  writeFileSync(factsFile(service), `${JSON.stringify(facts, null, 2)}\n`);
}
