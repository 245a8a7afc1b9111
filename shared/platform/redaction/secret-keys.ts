/** A form of a secret to look for: a plain text, the bytes behind hexadecimal digits, or the inside of base64. */
export interface SecretKey {
  /** One character for each unit: a UTF-16 code unit, a byte, or a base64 character. */
  units: string;
  /** Base64 characters at the edges that hold bits of the secret and of its neighbours. */
  sharesBefore: boolean;
  sharesAfter: boolean;
  /** Only the beginning of a long secret: where it is found, the whole text is redacted. */
  partial: boolean;
}

/** Every form of some secrets, each list sorted by its units. */
export interface SecretKeys {
  text: SecretKey[];
  bytes: SecretKey[];
  base64: SecretKey[];
}

/** A longer secret, such as a file, is found by its beginning. */
export const longestKey = 4096;

export function secretKeys(secrets: readonly string[]): SecretKeys {
  const keys: SecretKeys = { text: [], bytes: [], base64: [] };
  for (const secret of secrets) {
    const partial = secret.length > longestKey;
    const known = partial ? secret.slice(0, longestKey) : secret;
    const plain = { sharesBefore: false, sharesAfter: false, partial };
    const encodings = bytesOf(known);
    for (const units of textsOf(known, encodings)) keys.text.push({ units, ...plain });
    for (const bytes of encodings) {
      keys.bytes.push({ units: bytes, ...plain });
      for (const offset of [0, 1, 2] as const) keys.base64.push(base64Key(bytes, offset, partial));
    }
  }
  return { text: sorted(keys.text), bytes: sorted(keys.bytes), base64: sorted(keys.base64) };
}

/** The bytes of a text, one character each: UTF-8, and Latin-1 as in headers. */
function bytesOf(text: string): string[] {
  const utf8 = binary(new TextEncoder().encode(text));
  if (utf8 === text) return [text];
  return isLatin1(text) ? [utf8, text] : [utf8];
}

/** The text itself, and what it looks like to those who take its UTF-8 for Latin-1, or its Latin-1 for UTF-8. */
function textsOf(text: string, encodings: string[]): string[] {
  const [utf8 = text, latin1] = encodings;
  if (utf8 === text) return [text];
  const texts = [text, utf8, new TextDecoder('windows-1252').decode(bytesFrom(utf8))];
  if (latin1 !== undefined) {
    const replaced = new TextDecoder().decode(bytesFrom(latin1));
    // With fewer characters left it would match texts that are not about this secret.
    if (replaced.replaceAll('\ufffd', '').length >= 4) texts.push(replaced);
  }
  return texts;
}

/** What base64 text has of these bytes, `offset` bytes after a multiple of three. */
function base64Key(bytes: string, offset: 0 | 1 | 2, partial: boolean): SecretKey {
  const encoded = btoa('\0'.repeat(offset) + bytes).replace(/=+$/, '');
  const sharesAfter = (offset + bytes.length) % 3 !== 0;
  const units = encoded.slice(offset === 0 ? 0 : offset + 1, sharesAfter ? -1 : undefined);
  return { units, sharesBefore: offset > 0, sharesAfter, partial };
}

/** Sorted, each once. */
function sorted(keys: SecretKey[]): SecretKey[] {
  if (keys.length < 2) return keys;
  keys.sort((a, b) => (a.units < b.units ? -1 : a.units > b.units ? 1 : 0));
  const merged: SecretKey[] = [];
  for (const key of keys) {
    const last = merged.at(-1);
    if (last?.units !== key.units) merged.push(key);
    else {
      last.sharesBefore ||= key.sharesBefore;
      last.sharesAfter ||= key.sharesAfter;
      last.partial ||= key.partial;
    }
  }
  return merged;
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}

function binary(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function bytesFrom(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
