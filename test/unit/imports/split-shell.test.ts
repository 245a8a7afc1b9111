import { describe, expect, test } from 'vitest';
import { splitShell } from '../../../shared/imports/curl/split-shell.ts';
import { ImportProblem } from '../../../shared/imports/imported.ts';

describe('the words of a command', () => {
  test.each([
    ["curl -H 'a: b' x", ['curl', '-H', 'a: b', 'x']],
    ['curl "say \\"hi\\" \\$x"', ['curl', 'say "hi" $x']],
    ["curl 'it'\\''s'", ['curl', "it's"]],
    ['curl \\\n  -X POST \\\r\n x', ['curl', '-X', 'POST', 'x']],
    ["curl $'a\\nb\\u0041'", ['curl', 'a\nbA']],
    ['curl ^\n x', ['curl', 'x']],
    ['curl x | jq .', ['curl', 'x']],
    ["curl ''", ['curl', '']],
  ])('%j', (text, words) => {
    expect(splitShell(text)).toEqual(words);
  });

  test('a quote without an end is a problem of the document', () => {
    expect(() => splitShell("curl 'x")).toThrow(ImportProblem);
  });
});
