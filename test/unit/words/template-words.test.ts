import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkCatalogue } from '../../../dev/words/check-catalogue.ts';
import { readTemplateTexts } from '../../../dev/words/read-template-texts.ts';
import { playbookTemplates } from '../../../shared/playbooks/templates/registry.ts';
import { withTexts } from '../../../shared/playbooks/templates/template.ts';
import { speakerOf } from '../../../shared/words/speak.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): Record<string, string> => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

test('German has each text of the templates of services, and no other', async () => {
  const texts = await readTemplateTexts();
  expect(Object.keys(read('shared/templates/words/en.json'))).toEqual([...texts.keys()]);
  expect(checkCatalogue(texts.keys(), read('shared/templates/words/de.json'), 2)).toEqual({
    missing: [],
    unused: [],
    different: [],
  });
});

test('a playbook template in German differs in its texts alone', () => {
  const german = read('web/words/catalogue/de.json');
  const said: string[] = [];
  for (const template of playbookTemplates) {
    const inGerman = withTexts(template, (text) => {
      said.push(german[text]!);
      return `⟦${text}⟧`;
    });
    const back = withTexts(inGerman, (text) => text.slice(1, -1));
    expect(back).toEqual(template);
    expect(JSON.stringify(inGerman.document.steps.map(({ id, type }) => [id, type]))).toBe(
      JSON.stringify(template.document.steps.map(({ id, type }) => [id, type])),
    );
  }
  expect(said.every(Boolean)).toBe(true);
});

test('what is written to a person has its values as they are, whatever they look like', async () => {
  const { say } = await speakerOf('de');
  expect(say`${'Tool not found.'} invites you to ${'{0}'} on Interlock`).toBe(
    'Tool not found. lädt zu {0} auf Interlock ein',
  );
  const english = await speakerOf();
  expect(english.say`${'Ana'} invites you to ${'Acme'} on Interlock`).toBe(
    'Ana invites you to Acme on Interlock',
  );
  expect(english.said('Tool not found.')).toBe('Tool not found.');
});
