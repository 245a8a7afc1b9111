import { isScalar, type JsonValue, mapInner } from '../json.ts';
import { pointer } from '../json-pointer.ts';
import type { SecretRedactor } from './redaction.ts';
import { redactionMark } from './redaction-mark.ts';

/** `text`: the next piece of one text, whose parts may be cut anywhere. Others are whole values. */
export interface StreamPart {
  kind: 'data' | 'text' | 'log';
  value: JsonValue;
}

/**
 * Redacts what arrives in parts as it would be redacted as a whole. What may be the beginning of a secret is held back
 * until more has come, so parts come out later than they went in, and texts are cut at other places.
 */
export interface StreamRedactor {
  /** @returns what may be shown now, in order */
  push(part: StreamPart): StreamPart[];
  /** The rest, when nothing more follows. */
  end(): StreamPart[];
}

/** Of characters. */
const longestHeldLive = 65_536;
/**
 * What is held back is searched again when more has come. A sender of tiny pieces must not make that quadratic: beyond
 * `free` characters, so many are searched for each that comes, and the text is held back meanwhile.
 */
const searches = { free: 1_000_000, perCharacter: 16 };
/** A text of a value goes on at the same place of one of so many values that follow; then it has ended. */
const longestSilence = 8;

/**
 * A text is redacted up to a place where it makes no difference that it is cut there. The texts at one place of the
 * values that follow each other are looked at together: what language models say comes in values of a few letters.
 * Between them only the known secrets are looked for, as most of them end in the middle of a word.
 * @param longestHeld more than this is not held back: it is not shown, and neither is what follows
 */
export function createStreamRedactor(
  redactor: SecretRedactor,
  longestHeld = longestHeldLive,
): StreamRedactor {
  const text = createTextStream(redactor, longestHeld);
  const values = createValueStream(redactor, longestHeld);
  const textPart = (shown: string): StreamPart[] => (shown === '' ? [] : [{ kind: 'text', value: shown }]);
  return {
    push: ({ kind, value }) =>
      kind === 'text'
        ? textPart(text.push(typeof value === 'string' ? value : JSON.stringify(value)))
        : values.push(kind, value),
    end: () => [...values.end(), ...textPart(text.end())],
  };
}

interface TextStream {
  push(piece: string): string;
  end(): string;
}

function createTextStream(redactor: SecretRedactor, longestHeld: number): TextStream {
  const maySearch = createAllowance();
  let held = '';
  let hidden = false;
  return {
    push(piece) {
      if (hidden) return '';
      held += piece;
      const cut = maySearch(piece.length, held.length) ? redactor.openFrom(held) : 0;
      if (cut > 0 && isCut(redactor, held, cut)) {
        const shown = redactor.text(held.slice(0, cut));
        held = held.slice(cut);
        return shown;
      }
      if (held.length <= longestHeld) return '';
      hidden = true;
      held = '';
      return redactionMark;
    },
    end() {
      const shown = redactor.text(held);
      held = '';
      return shown;
    },
  };
}

/** Whether a text of this length is searched now that so many characters have come. */
function createAllowance(): (come: number, length: number) => boolean {
  let left = searches.free;
  return (come, length) => {
    left += searches.perCharacter * come;
    if (length > left) return false;
    left -= length;
    return true;
  };
}

/** Whether a text is redacted in two parts as it is as a whole. */
function isCut(redactor: SecretRedactor, text: string, at: number): boolean {
  return (
    at === text.length ||
    redactor.text(text.slice(0, at)) + redactor.text(text.slice(at)) === redactor.text(text)
  );
}

/** A text inside a value; `shown` once nothing that follows can change it. */
interface Leaf {
  text: string;
  shown: string | null;
}

interface PendingValue {
  kind: 'data' | 'log';
  value: JsonValue;
  leaves: Leaf[];
}

/** The texts at one place that are held back. */
interface Place {
  leaves: Leaf[];
  /** Of their texts together. */
  length: number;
  /** When a text came last. */
  at: number;
  /** Too much was held back. */
  hidden: boolean;
}

function createValueStream(
  redactor: SecretRedactor,
  longestHeld: number,
): {
  push(kind: 'data' | 'log', value: JsonValue): StreamPart[];
  end(): StreamPart[];
} {
  const maySearch = createAllowance();
  const places = new Map<string, Place>();
  const pending: PendingValue[] = [];
  let count = 0;

  function add(path: string, leaf: Leaf): void {
    const place = places.get(path) ?? { leaves: [], length: 0, at: count, hidden: false };
    place.at = count;
    if (place.hidden) {
      leaf.shown = redactionMark;
      return;
    }
    place.leaves.push(leaf);
    place.length += leaf.text.length;
    if (maySearch(leaf.text.length, place.length)) release(place);
    else if (place.length > longestHeld) hide(place);
    if (place.leaves.length > 0 || place.hidden) places.set(path, place);
    else places.delete(path);
  }

  function release(place: Place): void {
    const { leaves } = place;
    const joint = leaves.map(({ text }) => text).join('');
    const open = redactor.openFrom(joint, true);
    let whole = 0;
    let length = 0;
    while (whole < leaves.length && length + leaves[whole]!.text.length <= open) {
      length += leaves[whole]!.text.length;
      whole += 1;
    }
    if (whole > 0 && isCut(redactor, joint, length)) {
      show(redactor, leaves.splice(0, whole));
      place.length -= length;
    } else if (joint.length > longestHeld) hide(place);
  }

  function hide(place: Place): void {
    for (const leaf of place.leaves.splice(0)) leaf.shown = redactionMark;
    place.hidden = true;
  }

  function ready(): StreamPart[] {
    const until = pending.findIndex(({ leaves }) => leaves.some(({ shown }) => shown === null));
    return pending.splice(0, until < 0 ? pending.length : until).map(({ kind, value, leaves }) => {
      const texts = leaves.map(({ shown }) => shown ?? redactionMark).values();
      return { kind, value: withTexts(redactor, value, texts) };
    });
  }

  return {
    push(kind, value) {
      count += 1;
      const leaves: Leaf[] = [];
      pending.push({ kind, value, leaves });
      eachText(value, kind, (text, path) => {
        const leaf: Leaf = { text, shown: null };
        leaves.push(leaf);
        add(path, leaf);
      });
      for (const [path, place] of places) {
        if (place.hidden || count - place.at < longestSilence) continue;
        show(redactor, place.leaves);
        places.delete(path);
      }
      return ready();
    },
    end() {
      for (const { leaves } of places.values()) show(redactor, leaves);
      places.clear();
      return ready();
    },
  };
}

/** Texts that follow each other: where a secret goes from one to the next, the first one shows all that is left. */
function show(redactor: SecretRedactor, leaves: readonly Leaf[]): void {
  for (const leaf of leaves) leaf.shown = redactor.text(leaf.text);
  if (leaves.length < 2) return;
  const joint = redactor.text(leaves.map(({ text }) => text).join(''));
  if (joint === leaves.map(({ shown }) => shown).join('')) return;
  leaves.forEach((leaf, index) => {
    leaf.shown = index === 0 ? joint : '';
  });
}

function eachText(value: JsonValue, path: string, found: (text: string, path: string) => void): void {
  if (typeof value === 'string') found(value, path);
  else if (Array.isArray(value))
    value.forEach((item, index) => {
      eachText(item, pointer(path, index), found);
    });
  else if (!isScalar(value))
    for (const name of Object.keys(value)) eachText(value[name]!, pointer(path, name), found);
}

/** The value with other texts, in the order of `eachText`; names and numbers are redacted on their own. */
function withTexts(redactor: SecretRedactor, value: JsonValue, texts: Iterator<string>): JsonValue {
  if (typeof value === 'string') return texts.next().value ?? redactionMark;
  if (isScalar(value)) return redactor.json(value);
  return mapInner(value, redactor.text, (inner) => withTexts(redactor, inner, texts));
}
