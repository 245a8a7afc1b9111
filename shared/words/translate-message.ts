/** The messages of a language by their English. `{0}` in a message is a value; the translation has the same ones. */
export type Messages = Readonly<Record<string, string>>;

interface Template {
  parts: readonly string[];
  /** The translation, split at its values, and which value stands between two parts. */
  said: readonly string[];
  values: readonly number[];
  /** How much of a text it explains at least. */
  weight: number;
}

interface Found {
  text: string;
  /** How many characters of the English text are explained by messages. */
  known: number;
}

/** A message is not longer; what is longer, a provider has said. */
const longest = 4000;
/** So many messages are tried for one text, and values are messages themselves only so deep. */
const mostTried = 4;
const deepest = 2;
const mostSentences = 8;

/**
 * Finds the message that a finished English text was made of, and says it in another language. A text that is no message
 * stays as it is. Every search is one pass from left to right: what a tenant writes cannot make it slow.
 */
export function createTranslator(messages: Messages): (text: string) => string {
  const exact = new Map<string, string>();
  const templates: Template[] = [];
  /** What may follow a value: " at line 3", ". Nothing was written". */
  const ends: Template[] = [];
  const add = (key: string, translation: string, derived = 0) => {
    const parts = key.split(/\{\d+\}/);
    const places = [...key.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place));
    const said = translation.split(/\{\d+\}/);
    const values = [...translation.matchAll(/\{(\d+)\}/g)].map(([, place]) => places.indexOf(Number(place)));
    const template = { parts, said, values, weight: parts.join('').length - derived };
    templates.push(template);
    if (/^[\s,.;:]/.test(key)) ends.push(template);
  };
  for (const [key, translation] of Object.entries(messages)) {
    if (!/\{\d+\}/.test(key)) exact.set(key, translation);
    if (/\{\d+\}/.test(key) || /^[\s,.;:]/.test(key)) add(key, translation);
    // The beginning of a sentence, and what is said of a field that is named before.
    if (key.endsWith(' ')) add(`${key}{90}`, `${translation}{90}`, 0.5);
    if (/^\p{Ll}\p{L}+ /u.test(key)) add(`{91} ${key}`, `{91} ${translation}`, 0.5);
  }
  templates.sort((one, other) => other.weight - one.weight);
  ends.sort((one, other) => other.weight - one.weight);
  const byStart = new Map<string, Template[]>();
  for (const template of templates) {
    const start = template.parts[0]!.slice(0, 3);
    const key = start.length === 3 ? start : '';
    byStart.set(key, [...(byStart.get(key) ?? []), template]);
  }

  const find = (text: string, depth: number, before: Map<string, Found | null>): Found | null => {
    const whole = exact.get(text);
    if (whole !== undefined) return { text: whole, known: text.length };
    const key = `${depth} ${text}`;
    const earlier = before.get(key);
    if (earlier !== undefined) return earlier;
    let best: Found | null = null;
    let tried = 0;
    for (const template of [...(byStart.get(text.slice(0, 3)) ?? []), ...(byStart.get('') ?? [])]) {
      if (tried === mostTried || (best && best.known >= text.length)) break;
      const values = valuesOf(template.parts, text);
      if (!values) continue;
      tried += 1;
      const found = say(template, values, depth, before);
      if (!best || found.known > best.known) best = found;
    }
    if (/[^.][.:;]$/.test(text) && (!best || best.known < text.length)) {
      const open = find(text.slice(0, -1), depth, before);
      if (open && open.known + 1 > (best?.known ?? 0))
        best = { text: open.text + text.at(-1), known: open.known + 1 };
    }
    const sentences = depth < deepest ? bySentence(text, before) : null;
    if (sentences && (!best || sentences.known > best.known)) best = sentences;
    before.set(key, best);
    return best;
  };

  const say = (
    { parts, said, values: places, weight }: Template,
    values: readonly string[],
    depth: number,
    before: Map<string, Found | null>,
  ): Found => {
    let known = weight;
    const inside = withEnds(parts, values).map((value, index) => {
      // What stands in quotes is a name.
      const isName = /["“'/]$/.test(parts[index]!);
      const found = isName || value === '' ? null : inValue(value, depth, before);
      known += found?.known ?? 0;
      return found?.text ?? value;
    });
    const text = said.reduce((all, part, index) => `${all}${inside[places[index - 1]!] ?? ''}${part}`);
    return { text, known };
  };

  /** Where a known end of this text begins; -1: it has none. */
  const endOf = (text: string): number => {
    for (const { parts } of ends) {
      const start = text.indexOf(parts[0]!);
      if (start > 0 && valuesOf(parts, text.slice(start))) return start;
    }
    return -1;
  };

  const beforeEnd = (text: string, depth: number, before: Map<string, Found | null>): Found | null => {
    const start = endOf(text);
    const first = start === -1 ? null : find(text.slice(0, start), deepest, before);
    const last = first && find(text.slice(start), depth + 1, before);
    return first && last ? { text: first.text + last.text, known: first.known + last.known } : null;
  };

  /** Where two values touch, the second one begins where a known end begins. */
  const withEnds = (parts: readonly string[], values: readonly string[]): readonly string[] => {
    const at = values.findIndex((value, index) => value === '' && parts[index + 1] === '');
    const both = values[at + 1];
    if (at === -1 || !both) return values;
    const start = endOf(both);
    return start === -1
      ? values.with(at, both).with(at + 1, '')
      : values.with(at, both.slice(0, start)).with(at + 1, both.slice(start));
  };

  /** A value may be a message, a word of ours, or a list of these. */
  const inValue = (value: string, depth: number, before: Map<string, Found | null>): Found | null => {
    const whole = exact.get(value);
    if (whole !== undefined) return { text: whole, known: value.length };
    if (depth === deepest || !value.includes(' ')) return null;
    const found = find(value, depth + 1, before) ?? beforeEnd(value, depth, before);
    if (found) return found;
    const pieces = value.split(/(, | and | or | to )/);
    if (pieces.length === 1 || pieces.length > 40) return null;
    let known = 0;
    const said = pieces.map((piece, index) => {
      if (index % 2) return exact.get(piece) ?? piece;
      const one = inValue(piece, deepest - 1, before);
      known += one?.known ?? 0;
      return one?.text ?? piece;
    });
    // Numbers and times are not ours, but what joins them is.
    const isNumbers = !pieces.some((piece, index) => index % 2 === 0 && /\p{L}/u.test(piece));
    return known > 0 || isNumbers ? { text: said.join(''), known: known + 1 } : null;
  };

  /** Of several sentences, each longest run that is a message. */
  const bySentence = (text: string, before: Map<string, Found | null>): Found | null => {
    const pieces = text.split(/(?<=[.!?:;]) |\n/, mostSentences + 1);
    if (pieces.length === 1 || pieces.length > mostSentences) return null;
    let at = -1;
    const ends = pieces.map((piece) => (at += piece.length + 1));
    let said = '';
    let known = 0;
    for (let first = 0, from = 0; first < pieces.length; ) {
      let last = pieces.length - 1;
      let found: Found | null = null;
      for (; last >= first && !found; last -= 1)
        if (first > 0 || last < pieces.length - 1)
          found = find(text.slice(from, ends[last]), deepest, before);
      const end = ends[found ? last + 1 : first]!;
      said += (found?.text ?? text.slice(from, end)) + (text[end] ?? '');
      known += found?.known ?? 0;
      first = found ? last + 2 : first + 1;
      from = end + 1;
    }
    return known > 0 ? { text: said, known } : null;
  };

  return (text) => (text.length > longest ? text : (find(text, 0, new Map())?.text ?? text));
}

/** The values of a text that has these parts in this order; null: it has not. */
function valuesOf(parts: readonly string[], text: string): string[] | null {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return null;
  const values: string[] = [];
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > end) return null;
    values.push(text.slice(from, at));
    from = at + part.length;
  }
  values.push(text.slice(from, end));
  return values;
}
