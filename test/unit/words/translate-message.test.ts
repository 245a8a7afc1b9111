import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkCatalogue } from '../../../dev/words/check-catalogue.ts';
import { readMessages } from '../../../dev/words/read-messages.ts';
import { createTranslator } from '../../../shared/words/translate-message.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(`${root}shared/words/messages/${name}.json`, 'utf8'));
const german = createTranslator(read('de'));

describe('the catalogue of messages', () => {
  const messages = readMessages(root);

  test('it lists every message of the server: `npm run words`', () => {
    expect(Object.keys(read('en'))).toEqual([...messages.keys()]);
  });

  test('German has each of them, with the same values, and no other', () => {
    expect(checkCatalogue(messages.keys(), read('de'), 2)).toEqual({
      missing: [],
      unused: [],
      different: [],
    });
  });

  test('each message without a value is found as a whole', () => {
    for (const [key, text] of Object.entries(read('de')))
      if (!/\{\d+\}/.test(key)) expect(german(key)).toBe(text);
  });

  test('messages of errors, of zod and of schemas are among them, and no SQL or description for programs', () => {
    for (const key of ['Tool not found.', 'is a secret and must be sent again', 'must be less than everyMs'])
      expect(messages.has(key), key).toBe(true);
    expect([...messages.keys()].filter((key) => /SELECT|UPDATE \w+ SET|WHERE|\$\d/.test(key))).toEqual([]);
  });
});

describe('a finished message', () => {
  test.each([
    ['Tool not found.', 'Tool nicht gefunden.'],
    ['Stopped by hand', 'Stopped by hand'],
    ['No response from pay.example in 5 s', 'Keine Antwort von pay.example in 5 s'],
    // What a field is told, with the field and without.
    ['must be at least 5', 'muss mindestens 5 sein'],
    ['Amount must be at least 5', 'Amount muss mindestens 5 sein'],
    ['Amount must have at most 3 items', 'Amount darf höchstens 3 Einträge haben'],
    // Messages in messages, and one after the other.
    [
      'The request to 127.0.0.1:4501 failed (The connection was refused). Nothing was sent',
      'Die Anfrage an 127.0.0.1:4501 ist gescheitert (Die Verbindung wurde abgelehnt). Nichts wurde gesendet',
    ],
    [
      'The provider refused: It is disabled. Nothing was sent. Try again.',
      'Der Anbieter lehnte ab: Sie ist ausgeschaltet. Nichts wurde gesendet. Erneut versuchen.',
    ],
    ['file.pdf: The file is empty.', 'file.pdf: Die Datei ist leer.'],
    ['It can be undone by cancel within 2 h.', 'Rückgängig zu machen mit cancel binnen 2 h.'],
    [
      'Invalid JSONata expression: syntax error at character 5',
      'Ungültiger JSONata-Ausdruck: Syntaxfehler bei Zeichen 5',
    ],
    // Words and lists of ours.
    ['Only operators can do this (role operator).', 'Das können nur Operatoren (Rolle operator).'],
    ['At 09:00 on Monday to Friday (Europe/Berlin)', 'Um 09:00 von Montag bis Freitag (Europe/Berlin)'],
    ['Every day at 09:00 and 17:00 (UTC)', 'Jeden Tag um 09:00 und 17:00 (UTC)'],
    ['Deny refund for operators when amount > 5', 'Verweigert refund für Operatoren, wenn amount > 5'],
    // Names in quotes stay, whatever they are.
    [
      'The step "Tool not found." of a playbook run waits for this outcome. Settle it on the step.',
      'Der Schritt "Tool not found." eines Laufs wartet auf dieses Ergebnis. Es im Schritt klären.',
    ],
  ])('%s', (english, said) => {
    expect(german(english)).toBe(said);
  });

  test('what is translated stays as it is, and so does what a provider or a person has written', () => {
    for (const text of ['Tool nicht gefunden.', 'Insufficient funds', '', 'x'.repeat(10_000)])
      expect(german(text)).toBe(text);
  });

  test('a value that looks like a place of another value is text', () => {
    expect(german('No response from {1} in {0} s')).toBe('Keine Antwort von {1} in {0} s');
  });

  test('no text that a tenant writes takes long', () => {
    const hostile = [
      '.'.repeat(4000),
      'a. '.repeat(1300),
      ', a and b'.repeat(400),
      'Waits for '.repeat(390),
      ' at line 3'.repeat(390),
      '“a” requires '.repeat(300),
      `${'a: '.repeat(7)}${'The '.repeat(900)}`,
    ];
    const began = performance.now();
    for (const text of hostile) german(text);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
