import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkCatalogue } from './check-catalogue.ts';
import { readTexts } from './read-texts.ts';

// `npm run words`: see docs/translating.md.
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}web/words/catalogue`;
const language = 'de';
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
const write = (path: string, value: object) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const { used, raw } = readTexts(root);
write(`${folder}/en.json`, Object.fromEntries(used));

const path = `${folder}/${language}.json`;
const [option, file] = process.argv.slice(2);
if (option === '--add' && file) {
  const all = { ...read(path), ...read(file) };
  // In the order of the texts, without those that nothing uses.
  write(path, Object.fromEntries([...used.keys()].flatMap((key) => (all[key] ? [[key, all[key]]] : []))));
}
const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.length;
const problems = checkCatalogue(used.keys(), read(path), forms);
if (option === '--missing') {
  console.log(JSON.stringify(Object.fromEntries(problems.missing.map((key) => [key, ''])), null, 2));
} else {
  const list = (title: string, items: readonly string[]) =>
    items.length > 0 &&
    console.log(`${title}: ${items.length}\n${items.map((each) => `  ${each}`).join('\n')}`);
  list('Not translatable yet', raw);
  list(`Missing in ${language}.json`, problems.missing);
  list(`Unused in ${language}.json`, problems.unused);
  list(`Other values or forms in ${language}.json`, problems.different);
  console.log(`${used.size} texts`);
}
