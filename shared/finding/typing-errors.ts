/** As many letters may be wrong: a short word is another word too soon. */
const errorsAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2);
/** In all words together. */
const mostErrors = 2;
const longestWord = 40;
const mostWords = 8;
const mostCorrections = 3;
/** Names are written by tenants: with more words, or longer, the rest is not looked at. */
const mostKnown = 100_000;
const longestName = 200;
/** Letters that are compared for one query: 50 ms or less. What comes after that is another word. */
const mostCompared = 1_000_000;

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** A number has no spelling: with another digit it is another one. */
const canBeWrong = (word: string): boolean => word.length <= longestWord && !/\p{N}/u.test(word);

type Rows = [number[], number[], number[]];

/**
 * How many letters are wrong, missing, too many or swapped with their neighbour, where `known` or its beginning was meant.
 * @returns more than `most` when it is more, whatever it is
 */
export function typingErrors(typed: string, known: string, most: number): number {
  if (known.startsWith(typed)) return 0;
  if (most === 0 || known.length < typed.length - most) return most + 1;
  const width = Math.min(known.length, typed.length + most) + 1;
  let [earlier, before, now] = [0, 1, 2].map(() => new Array<number>(width).fill(most + 1)) as Rows;
  let fewestBefore = 0;
  for (let column = 0; column < width && column <= most; column++) before[column] = column;
  for (let row = 1; row <= typed.length; row++) {
    // Further from the diagonal there are more errors than may be.
    const [first, last] = [Math.max(1, row - most), Math.min(width - 1, row + most)];
    now[first - 1] = first === 1 ? row : most + 1;
    let best = now[first - 1]!;
    for (let column = first; column <= last; column++) {
      const same = typed[row - 1] === known[column - 1];
      let errors = Math.min(before[column - 1]! + (same ? 0 : 1), before[column]! + 1, now[column - 1]! + 1);
      if (
        row > 1 &&
        column > 1 &&
        typed[row - 1] === known[column - 2] &&
        typed[row - 2] === known[column - 1]
      )
        errors = Math.min(errors, earlier[column - 2]! + 1);
      now[column] = errors;
      best = Math.min(best, errors);
    }
    // A swap reaches over one row.
    if (best > most && fewestBefore > most) return most + 1;
    fewestBefore = best;
    [earlier, before, now] = [before, now, earlier];
  }
  return fewestBefore;
}

/** Are all these words in the text, but for typing errors? */
export function isNearly(text: string, words: readonly string[]): boolean {
  const known = wordsIn(text);
  let errors = 0;
  for (const word of words) {
    const allowed = canBeWrong(word) ? errorsAllowed(word) : 0;
    const fewest = Math.min(...known.map((each) => typingErrors(word, each, allowed)));
    if (!(fewest <= allowed)) return false;
    errors += fewest;
  }
  return errors <= mostErrors;
}

/** Finds what was meant among names, in 8 ms among 20,000 words of 10,000 titles. */
export interface KnownWords {
  /** The query with its words as names spell them, with as few errors as there can be. Nothing when it has no errors, or no name is near. */
  correct: (q: string) => string[];
}

/** Which letters are in a word: what lacks too many of them is not compared. */
const lettersOf = (word: string): number => {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
};
const countOf = (bits: number): number => {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
};

export function knownWords(names: Iterable<string>): KnownWords {
  const ids = new Map<string, number>();
  const lists: number[][] = [];
  let count = 0;
  for (const name of names) {
    if (count > mostKnown) break;
    const list = new Set<number>();
    for (const word of wordsIn(name.slice(0, longestName))) {
      count += 1;
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      list.add(id);
    }
    lists.push([...list]);
  }
  const words = [...ids.keys()];
  const letters = words.map(lettersOf);

  /** How wrong the word is for each that is known; 255: it is another one. */
  function errorsOf(typed: string, mostOfIt: number): Uint8Array | null {
    const found = new Uint8Array(words.length).fill(255);
    const allowed = canBeWrong(typed) ? errorsAllowed(typed) : 0;
    const has = lettersOf(typed);
    let any = false;
    let compared = 0;
    for (const [id, known] of words.entries()) {
      if (known.includes(typed)) found[id] = 0;
      else if (
        allowed > 0 &&
        compared < mostOfIt &&
        canBeWrong(known) &&
        countOf(has & ~letters[id]!) <= allowed
      ) {
        compared += typed.length;
        const errors = typingErrors(typed, known, allowed);
        if (errors <= allowed) found[id] = errors;
      }
      any ||= found[id]! < 255;
    }
    return any ? found : null;
  }

  return {
    correct(q) {
      const typed = wordsIn(q);
      if (typed.length === 0 || typed.length > mostWords) return [];
      const errors = typed.map((word) => errorsOf(word, mostCompared / typed.length));
      if (!errors.every((each) => each !== null)) return [];
      const found = new Map<string, { meant: string[]; errors: number; names: number }>();
      for (const list of lists) {
        const meant: string[] = [];
        let sum = 0;
        for (const [at, of] of errors.entries()) {
          let best = -1;
          for (const id of list)
            if (of[id]! < 255 && (best < 0 || nearer(id, best, of, typed[at]!))) best = id;
          if (best < 0) break;
          sum += of[best]!;
          meant.push(of[best] === 0 ? typed[at]! : words[best]!);
        }
        if (meant.length < typed.length || sum > mostErrors) continue;
        if (sum === 0) return [];
        const key = meant.join(' ');
        const one = found.get(key) ?? { meant, errors: sum, names: 0 };
        one.names += 1;
        found.set(key, one);
      }
      const fewest = Math.min(...[...found.values()].map((each) => each.errors));
      return [...found.values()]
        .filter(({ errors }) => errors === fewest)
        .toSorted((a, b) => b.names - a.names)
        .slice(0, mostCorrections)
        .map(({ meant }) => {
          let at = 0;
          return q.toLowerCase().replace(/[\p{L}\p{N}]+/gu, () => meant[at++]!);
        });
    },
  };

  function nearer(id: number, best: number, of: Uint8Array, typed: string): boolean {
    const off = (each: number) => Math.abs(words[each]!.length - typed.length);
    return of[id]! < of[best]! || (of[id] === of[best] && off(id) < off(best));
  }
}
