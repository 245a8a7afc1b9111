/** A shorter beginning of an id says too little. */
const fewestDigits = 6;

/** The lowest and the highest id that begin with this text; null when it is no beginning of an id. */
export function idRange(text: string): readonly [from: string, to: string] | null {
  const digits = text.toLowerCase().replace(/[…\s-]/g, '');
  if (!/^[0-9a-f]*$/.test(digits) || digits.length < fewestDigits || digits.length > 32) return null;
  return [uuidOf(digits.padEnd(32, '0')), uuidOf(digits.padEnd(32, 'f'))];
}

const uuidOf = (digits: string): string =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
