/**
 * A known text in every encoding in which it may appear. A form says which characters it may begin with and
 * where a match at a given place ends. It is plain matching, because compiling the same as a regular expression took
 * 7 ms per secret; this takes microseconds.
 */
export interface SecretForm {
  /** Code units (below 128) the form may begin with. */
  starts: number[];
  /** Index after the match that begins at `at`, or -1. */
  match(text: string, at: number): number;
  /** The character before the match holds bits of the secret too. */
  takesOneBefore: boolean;
}

/** Counts compared characters, so that matching a crafted slow text can stop. */
export interface Work {
  steps: number;
}

export function secretForms(secret: string, work: Work): SecretForm[] {
  const bytes = [...new TextEncoder().encode(secret)];
  return [
    escapedForm(secret, work),
    hexForm(bytes, work),
    base64Form(bytes, 0, work),
    base64Form(bytes, 1, work),
    base64Form(bytes, 2, work),
  ];
}

const percent = 0x25;
const ampersand = 0x26;
const backslash = 0x5c;

interface Char {
  text: string;
  bytes: number[];
  /** Letter of its JSON escape (`n`), or the character itself when a backslash escapes it. */
  escape: string | null;
  entities: string[];
  /** It may begin an escape itself, so a text has several readings: `%25` may be one character or three. */
  ambiguous: boolean;
}

/**
 * Each character raw, percent-encoded (either case, `+` for a space, doubly encoded), JSON-escaped (nested too)
 * or HTML-escaped, in any combination.
 */
function escapedForm(secret: string, work: Work): SecretForm {
  const chars = Array.from(secret, charOf);
  const ambiguous = chars.some((char) => char.ambiguous);
  const first = chars[0]!;
  const starts = [first.text.charCodeAt(0), percent, backslash, ampersand];
  if (first.text === ' ') starts.push(0x2b);
  if (first.text === '\n') starts.push(0x0d);
  const matchPlain = (text: string, at: number) => {
    let end = at;
    for (const char of chars) {
      work.steps += 1;
      end = matchChar(text, end, char);
      if (end < 0) return -1;
    }
    return end;
  };
  /** Follows every reading in parallel. */
  const matchAmbiguous = (text: string, at: number) => {
    let ends = new Set([at]);
    for (const char of chars) {
      work.steps += ends.size;
      ends = new Set([...ends].flatMap((end) => readings(text, end, char)));
      if (ends.size === 0) return -1;
    }
    return Math.max(...ends);
  };
  const match = ambiguous ? matchAmbiguous : matchPlain;
  return { starts, match, takesOneBefore: false };
}

const jsonEscapes: Record<string, string> = {
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
  '"': '"',
  "'": "'",
  '/': '/',
};
const namedEntities: Record<string, string[]> = {
  ' ': ['&nbsp;'],
  '"': ['&quot;'],
  "'": ['&apos;'],
  '/': ['&sol;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
};

function charOf(text: string): Char {
  return {
    text,
    bytes: [...new TextEncoder().encode(text)],
    escape: jsonEscapes[text] ?? null,
    entities: namedEntities[text] ?? [],
    ambiguous: text === '%' || text === '&' || text === '\\',
  };
}

/** Every place where this character may end. */
function readings(text: string, at: number, char: Char): number[] {
  const end = matchChar(text, at, char);
  const ends = end < 0 ? [] : [end];
  if (!char.ambiguous || text[at] !== char.text) return ends;
  const more = char.text === '%' ? '25' : char.text === '&' ? 'amp;' : '\\';
  ends.push(at + 1);
  for (let depth = 1; depth < 8 && text.startsWith(more, at + 1 + (depth - 1) * more.length); depth++) {
    ends.push(at + 1 + depth * more.length);
  }
  return ends;
}

function matchChar(text: string, at: number, char: Char): number {
  const code = text.charCodeAt(at);
  if (code === percent) {
    const end = matchPercent(text, at, char.bytes);
    if (end >= 0) return end;
  } else if (code === ampersand) {
    const end = matchEntity(text, at, char);
    if (end >= 0) return end;
  } else if (code === backslash) {
    const end = matchBackslash(text, at, char);
    if (end >= 0) return end;
  }
  if (text.startsWith(char.text, at)) return at + char.text.length;
  if (char.text === ' ' && code === 0x2b) return at + 1;
  if (char.text === '\n' && text.startsWith('\r\n', at)) return at + 2;
  return -1;
}

/** `%41`, `%2541` … for every byte of the character. */
function matchPercent(text: string, at: number, bytes: number[]): number {
  let end = at;
  for (const byte of bytes) {
    if (text.charCodeAt(end) !== percent) return -1;
    end += 1;
    for (let depth = 0; depth < 4 && text.startsWith('25', end) && hexValue(text, end, 2) !== byte; depth++)
      end += 2;
    if (hexValue(text, end, 2) !== byte) return -1;
    end += 2;
  }
  return end;
}

function matchEntity(text: string, at: number, char: Char): number {
  for (const entity of char.entities) if (text.startsWith(entity, at)) return at + entity.length;
  if (text.charCodeAt(at + 1) !== 0x23) return -1;
  const entity = text.slice(at + 2, at + 14);
  const semicolon = entity.indexOf(';');
  if (semicolon < 0) return -1;
  const digits = entity.slice(0, semicolon);
  const value = /^[xX]/.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  return value === char.text.codePointAt(0) ? at + 2 + semicolon + 1 : -1;
}

/** `\n`, `\"`, `\u0041`, each after up to eight backslashes (JSON inside JSON). */
function matchBackslash(text: string, at: number, char: Char): number {
  let end = at;
  while (text.charCodeAt(end) === backslash && end - at < 8) end += 1;
  if (char.escape !== null && text.startsWith(char.escape, end)) return end + 1;
  for (let unit = 0; unit < char.text.length; unit++) {
    for (let slash = 0; unit > 0 && slash < 8 && text.charCodeAt(end) === backslash; slash++) end += 1;
    if (text[end] !== 'u' || hexValue(text, end + 1, 4) !== char.text.charCodeAt(unit)) return -1;
    end += 5;
  }
  return end;
}

function hexValue(text: string, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexDigit(text.charCodeAt(index));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The bytes in hexadecimal, either case. */
function hexForm(bytes: number[], work: Work): SecretForm {
  const first = (bytes[0]! >> 4).toString(16);
  const match = (text: string, at: number) => {
    for (let index = 0; index < bytes.length; index++) {
      work.steps += 1;
      if (hexValue(text, at + 2 * index, 2) !== bytes[index]) return -1;
    }
    return at + 2 * bytes.length;
  };
  return { starts: [first.charCodeAt(0), first.toUpperCase().charCodeAt(0)], match, takesOneBefore: false };
}

/**
 * The bytes inside base64 or base64url text, `offset` bytes after a multiple of three. Characters that they
 * share with their neighbours are included, so that none of their bits remain.
 */
function base64Form(bytes: number[], offset: 0 | 1 | 2, work: Work): SecretForm {
  const encoded = base64([...new Array<number>(offset).fill(0), ...bytes]).replace(/=+$/, '');
  const tail = (offset + bytes.length) % 3;
  const core = encoded.slice(offset === 0 ? 0 : offset + 1, tail === 0 ? encoded.length : -1);
  const match = (text: string, at: number) => {
    let end = at;
    for (const char of core) {
      work.steps += 1;
      end = matchBase64(text, end, char);
      if (end < 0) return -1;
    }
    if (tail > 0 && /[\w+/-]/.test(text[end] ?? '')) end += 1;
    for (let pad = 0; pad < 2; pad++) {
      if (text[end] === '=') end += 1;
      else if (/^%3d/i.test(text.slice(end, end + 3))) end += 3;
    }
    return end;
  };
  const first = core[0]!;
  const special = first === '+' ? '+-%\\' : first === '/' ? '/_%\\' : first;
  return { starts: [...special].map((char) => char.charCodeAt(0)), match, takesOneBefore: offset > 0 };
}

const base64Spellings: Record<string, string[]> = {
  '+': ['+', '-', '%2B', '%2b', '\\u002b', '\\u002B'],
  '/': ['/', '_', '\\/', '%2F', '%2f'],
};

function matchBase64(text: string, at: number, char: string): number {
  const spellings = base64Spellings[char];
  if (!spellings) return text.charCodeAt(at) === char.charCodeAt(0) ? at + 1 : -1;
  const found = spellings.find((spelling) => text.startsWith(spelling, at));
  return found === undefined ? -1 : at + found.length;
}

function base64(bytes: number[]): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
