/** Kinds of personal data. A detector finds those of the first list in any text; the others only a schema can mark. */
export const detectedKinds = ['email', 'phone', 'card', 'iban', 'national_id', 'ip'] as const;
export const piiKinds = [...detectedKinds, 'name', 'address', 'birth_date'] as const;
export type DetectedKind = (typeof detectedKinds)[number];
export type PiiKind = (typeof piiKinds)[number];

/** What is stored and shown in place of a value: a part of it, a keyed hash, or only that it was there. */
export const piiTreatments = ['mask', 'hash', 'drop'] as const;
export type PiiTreatment = (typeof piiTreatments)[number];
/** A kind that is left out is not looked for. */
export type PiiChoices = Partial<Record<PiiKind, PiiTreatment>>;

export function isPiiKind(value: unknown): value is PiiKind {
  return piiKinds.some((kind) => kind === value);
}

/**
 * What takes the place of a value: `[redacted:email:a…@example.com]`, `[redacted:email#kfjd…]` or `[redacted:email]`. One
 * word, so that search compares it as a whole, and nothing that a detector finds again.
 */
export function piiMark(kind: PiiKind, detail = ''): string {
  return `[redacted:${kind}${detail}]`;
}

/** What a mask shows of a value: enough to tell two apart for who knows them, too little to use it. */
export const maskOf: Record<PiiKind, (value: string) => string> = {
  email: (value) => {
    const [local = '', domain = ''] = value.replace(/%40/i, '@').split('@');
    return `${first(local)}…@${domain}`;
  },
  phone: (value) => `…${alphanumeric(value).slice(-2)}`,
  card: (value) => `…${alphanumeric(value).slice(-4)}`,
  iban: (value) => `${value.slice(0, 2).toUpperCase()}…${alphanumeric(value).slice(-4)}`,
  national_id: (value) => `…${alphanumeric(value).slice(-2)}`,
  ip: (value) => (value.includes(':') ? `${firstParts(value, ':')}:…` : `${firstParts(value, '.')}.…`),
  name: (value) =>
    value
      .trim()
      .split(/\s+/, 3)
      .map((part) => `${first(part)}…`)
      .join(''),
  address: () => '',
  birth_date: () => '',
};

const first = (text: string): string => [...text.slice(0, 2)][0] ?? '';
const alphanumeric = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '');
const firstParts = (text: string, separator: string): string =>
  text.split(separator, 2).join(separator).toLowerCase();

/** Equal values have one hash, however they are written. */
export function canonicalPii(kind: PiiKind, value: string): string {
  if (kind === 'email') return value.replace(/%40/i, '@').toLowerCase();
  if (kind === 'ip') return value.toLowerCase();
  if (kind === 'name' || kind === 'address')
    return value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  const compact = alphanumeric(value).toUpperCase();
  return kind === 'phone' ? compact.replace(/^00/, '') : compact;
}
