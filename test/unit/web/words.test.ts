import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { checkCatalogue } from '../../../dev/words/check-catalogue.ts';
import { readTexts } from '../../../dev/words/read-texts.ts';
import pseudo from '../../../web/words/catalogue/pseudo.ts';
import { browserLanguage } from '../../../web/words/region.ts';
import { counted, inSentence, rich, setWords, t } from '../../../web/words/words.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const catalogue = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(`${root}web/words/catalogue/${name}.json`, 'utf8'));

afterEach(() => setWords({ locale: 'en-GB' }));

describe('the texts of the pages', () => {
  const texts = readTexts(root);

  test('each text that people read can be translated', () => {
    expect(texts.raw).toEqual([]);
  });

  test('the list of texts is current: `npm run words`', () => {
    expect(Object.keys(catalogue('en'))).toEqual([...texts.used.keys()]);
  });

  test('German has each of them, with the same values, and no other', () => {
    expect(checkCatalogue(texts.used.keys(), catalogue('de'), 2)).toEqual({
      missing: [],
      unused: [],
      different: [],
    });
  });

  test('a catalogue with other values, forms or nothing is found out', () => {
    const keys = ['{0} of {1}', 'Claim', '{0} step|{0} steps', 'New'];
    expect(
      checkCatalogue(
        keys,
        { '{0} of {1}': '{0} von', Claim: '', '{0} step|{0} steps': '{0} Schritte', Old: 'Alt' },
        2,
      ),
    ).toEqual({
      missing: ['Claim', 'New'],
      unused: ['Old'],
      different: ['{0} of {1}', '{0} step|{0} steps'],
    });
  });
});

describe('words', () => {
  const german = {
    Claim: 'Übernehmen',
    '{0} of {1} steps': '{1} Schritte, davon {0}',
    '{0} step left|{0} steps left': 'noch {0} Schritt|noch {0} Schritte',
    'Claimed by {0}, {1}': '{1}: übernommen von {0}',
  };

  test('English needs no catalogue, and a missing text is English', () => {
    expect(t('Claim')).toBe('Claim');
    expect(t`${1} of ${2} steps`).toBe('1 of 2 steps');
    setWords({ locale: 'de-DE', catalogue: {} });
    expect(t('Claim')).toBe('Claim');
  });

  test('a translation puts values where its language has them', () => {
    setWords({ locale: 'de-DE', catalogue: german });
    expect(t('Claim')).toBe('Übernehmen');
    expect(t`${1} of ${2} steps`).toBe('2 Schritte, davon 1');
    const by = () => 'Ana';
    expect(rich`Claimed by ${by}, ${'today'}`).toEqual(['', 'today', ': übernommen von ', by, '']);
  });

  test('a value is never read as a place of another one', () => {
    expect(t`${'{1}'} of ${2} steps`).toBe('{1} of 2 steps');
  });

  test('numbers choose their form and are written as the language writes them', () => {
    expect(counted(1, '{0} step left|{0} steps left')).toBe('1 step left');
    expect(counted(1200, '{0} step left|{0} steps left')).toBe('1,200 steps left');
    setWords({ locale: 'de-DE', catalogue: german });
    expect(counted(1, '{0} step left|{0} steps left')).toBe('noch 1 Schritt');
    expect(counted(1200, '{0} step left|{0} steps left')).toBe('noch 1.200 Schritte');
  });

  test('a label inside a sentence is lower case, but no German noun', () => {
    expect(inSentence('Severity')).toBe('severity');
    setWords({ locale: 'de-DE', catalogue: german });
    expect(inSentence('Schweregrad')).toBe('Schweregrad');
  });

  test('the browser says which language comes first', () => {
    expect(browserLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(browserLanguage(['en-US', 'de'])).toBe('en');
    expect(browserLanguage(['fr', 'qps'])).toBe('en');
  });

  test('the language for tests puts every form of a text in brackets', () => {
    expect(pseudo['{0} step|{0} steps']).toBe('⟦{0} step~~~⟧|⟦{0} steps~~~⟧');
    expect(pseudo[' (me)']).toBe(' ⟦(me)~~⟧');
  });
});
