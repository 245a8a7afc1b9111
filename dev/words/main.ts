import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkCatalogue } from './check-catalogue.ts';
import { readMessages } from './read-messages.ts';
import { readTemplateTexts } from './read-template-texts.ts';
import { readTexts } from './read-texts.ts';

// `npm run words`: see docs/translating.md.
const root = fileURLToPath(new URL('../..', import.meta.url));
const language = 'de';
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
const write = (path: string, value: object) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const { used, raw } = readTexts(root);
const catalogues = [
  { folder: 'web/words/catalogue', used },
  { folder: 'shared/words/messages', used: readMessages(root) },
  { folder: 'shared/templates/words', used: await readTemplateTexts() },
];
const [option, file] = process.argv.slice(2);
const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.length;
const missing: Record<string, string> = {};
const list = (title: string, items: readonly string[]) =>
  option !== '--missing' &&
  items.length > 0 &&
  console.log(`${title}: ${items.length}\n${items.map((each) => `  ${each}`).join('\n')}`);

list('Not translatable yet', raw);
for (const { folder, used } of catalogues) {
  write(`${root}${folder}/en.json`, Object.fromEntries(used));
  const path = `${root}${folder}/${language}.json`;
  if (option === '--add' && file) {
    const all = { ...read(path), ...read(file) };
    // In the order of the texts, without those that nothing uses.
    write(path, Object.fromEntries([...used.keys()].flatMap((key) => (all[key] ? [[key, all[key]]] : []))));
  }
  const problems = checkCatalogue(used.keys(), read(path), forms);
  for (const key of problems.missing) missing[key] = '';
  list(`Missing in ${path}`, problems.missing);
  list(`Unused in ${path}`, problems.unused);
  list(`Other values or forms in ${path}`, problems.different);
  if (option !== '--missing') console.log(`${used.size} texts in ${folder}`);
}
if (option === '--missing') console.log(JSON.stringify(missing, null, 2));
