const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text means; undefined for an empty text, the text itself when it is not a number. */
export function readNumber(text: string): number | string | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  return numberPattern.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}
