import { isScalar, LineCounter, parseDocument, Scalar, stringify, visit } from 'yaml';
import { errorMessage } from '../../platform/error-message.ts';
import { ExactNumber } from '../../platform/exact-number.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { JsonText, writeJson } from '../../platform/json-text.ts';
import { readJson } from '../../platform/read-json.ts';

// Run in isolates: a document may be written to take long.

export type ReadFile = { value: unknown } | { problem: string; line: number };

/** Each text as a value. `files` is `ReadFile[]`; numbers keep their digits. */
export function readYaml(texts: string[]): { files: JsonText } {
  return { files: new JsonText(writeJson(texts.map(readOne))) };
}

function readOne(text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core', lineCounter: lines });
  const [first] = document.errors;
  if (first)
    return {
      problem: (first.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
      line: lines.linePos(first.pos[0]).line,
    };
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number' && node.source !== undefined && jsonNumber.test(node.source))
        node.value = readJson(node.source);
    },
  });
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) ?? null };
  } catch (error) {
    return { problem: errorMessage(error), line: 1 };
  }
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Each value as a text that is read as the same value. `texts` is `string[]`. */
export function writeYaml(values: unknown[]): { texts: JsonText } {
  const texts = values.map((value) =>
    stringify(value, (_key, each) => nodeOf(each), {
      lineWidth: 0,
      aliasDuplicateObjects: false,
      blockQuote: 'literal',
    }),
  );
  return { texts: new JsonText(JSON.stringify(texts)) };
}

/** What YAML would read as another value than it writes. */
function nodeOf(value: unknown): unknown {
  if (value instanceof ExactNumber) return exactScalar(value);
  if (typeof value !== 'string' || !otherBreaks.test(value)) return value;
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

// A block scalar would lose them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const otherBreaks = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

function exactScalar({ text }: ExactNumber): Scalar {
  const fraction = text.split('.')[1];
  if (fraction === undefined) return new Scalar(BigInt(text));
  const scalar = new Scalar(Number(text));
  // Digits beyond a double have no form here; they stay in the database.
  scalar.minFractionDigits = fraction.length;
  return scalar;
}

/** The line, from 1, of each place (a JSON Pointer), or of the nearest around it that is there. */
export function locateYaml(text: string, places: string[]): number[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core', lineCounter: lines });
  return places.map((place) => {
    const steps = pointerSteps(place);
    for (let depth = steps.length; depth > 0; depth--) {
      const at = startOf(document, steps.slice(0, depth));
      if (at !== null) return lines.linePos(at).line;
    }
    return 1;
  });
}

/** Where the key of a place begins, or in a list the item. */
function startOf(document: ReturnType<typeof parseDocument>, steps: string[]): number | null {
  const last = steps.at(-1);
  const parent = document.getIn(steps.slice(0, -1), true);
  if (typeof parent !== 'object' || parent === null || !('items' in parent) || !Array.isArray(parent.items))
    return null;
  for (const [index, item] of parent.items.entries()) {
    if (typeof item !== 'object' || item === null) continue;
    if ('key' in item) {
      if (isScalar(item.key) && String(item.key.value) === last) return item.key.range?.[0] ?? null;
    } else if (String(index) === last) return 'range' in item ? rangeStart(item.range) : null;
  }
  return null;
}

const rangeStart = (range: unknown): number | null =>
  Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
