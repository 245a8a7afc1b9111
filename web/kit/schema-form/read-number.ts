const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What a typed number means: the number, nothing, or the text itself so that the mistake can be said. */
export function readNumber(text: string): number | string | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  return numberPattern.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}
