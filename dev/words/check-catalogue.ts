/** What a catalogue gets wrong about the texts that are used. */
export interface CatalogueProblems {
  /** Without a translation, or with an empty one. */
  missing: string[];
  /** Translations of nothing. */
  unused: string[];
  /** Translations with other values or another number of forms than the text has. */
  different: string[];
}

const placesOf = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort().join();

/** @param forms how many forms the language has for a number of things */
export function checkCatalogue(
  used: Iterable<string>,
  catalogue: Readonly<Record<string, string>>,
  forms: number,
): CatalogueProblems {
  const keys = new Set(used);
  const differs = (key: string, text: string): boolean => {
    const counts = key.includes('|');
    const written = text.split('|');
    if (counts !== written.length > 1 || (counts && written.length !== forms)) return true;
    // One form may leave the number out: "Import 1 tool".
    const wanted = placesOf(key);
    return counts
      ? placesOf(text) !== wanted
      : placesOf(text) !== wanted ||
          /^\s/.test(key) !== /^\s/.test(text) ||
          /\s$/.test(key) !== /\s$/.test(text);
  };
  return {
    missing: [...keys].filter((key) => !catalogue[key]),
    unused: Object.keys(catalogue).filter((key) => !keys.has(key)),
    different: Object.entries(catalogue)
      .filter(([key, text]) => keys.has(key) && text && differs(key, text))
      .map(([key]) => key),
  };
}
