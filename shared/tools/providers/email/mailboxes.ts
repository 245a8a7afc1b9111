/** A person or a list behind an address. */
export interface Mailbox {
  /** Empty: it has none. May hold any character but line breaks and control characters. */
  name: string;
  address: string;
}

const plainName = /^[\p{L}\p{N}](?:[\p{L}\p{N} .'_-]*[\p{L}\p{N}.])?$/u;

/** As one header, in a form that `readMailboxes` reads back. */
export function writeMailboxes(mailboxes: readonly Mailbox[]): string {
  return mailboxes.map(writeMailbox).join(', ');
}

function writeMailbox({ name, address }: Mailbox): string {
  if (name === '') return address;
  const shown = plainName.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `${shown} <${address}>`;
}

const written = /(?:(?:"((?:[^"\\]|\\.)*)"|([^"<>,@]+)) <([^<>]+)>|([^\s"<>,]+))(?:, |$)/y;

/** The mailboxes of a header that `writeMailboxes` wrote. */
export function readMailboxes(header: string): Mailbox[] {
  const found: Mailbox[] = [];
  written.lastIndex = 0;
  while (written.lastIndex < header.length) {
    const [, quoted, plain, address, bare] = written.exec(header) ?? [];
    if (address === undefined && bare === undefined) throw new Error('This is not a list of mailboxes');
    const name = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
    found.push({ name, address: address ?? bare ?? '' });
  }
  return found;
}

/** The parts of `Name <address>`, or of an address alone. */
export function splitMailbox(text: string): Mailbox {
  const [, name, address] = /^([^<]*)<([^<>]*)>\s*$/.exec(text) ?? [];
  if (name === undefined || address === undefined) return { name: '', address: text.trim() };
  const bare = name.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(bare)?.[1];
  return { name: quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'), address: address.trim() };
}

/** Why mail cannot be sent to this address, or null. Completes a sentence that begins with a name. */
export function addressProblem(address: string): string | null {
  const [, local, domain] = /^([^@]*)@([^@]*)$/.exec(address) ?? [];
  if (local === undefined || domain === undefined || address.length > 254 || local.length > 64)
    return 'is not an email address';
  const isLocal = /^[^\s\p{C}"(),:;<>@[\\\]]+$/u.test(local) && !/^\.|\.\.|\.$/.test(local);
  const isDomain = domain
    .split('.')
    .every((label) => /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u.test(label));
  return isLocal && isDomain ? null : 'is not an email address';
}

/** Why a header cannot carry this text, or null: a line break would begin another header. */
export function headerTextProblem(text: string): string | null {
  return /[^\P{Cc}\t]|[\u2028\u2029]/u.test(text) || !text.isWellFormed()
    ? 'must not contain a line break or a control character'
    : null;
}
