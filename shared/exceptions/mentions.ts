/** `@[…]` in a comment: the id or the email address of a member. It is stored with the id. */
const mention = /@\[([^[\]\s]{1,320})\]/g;

/** People whom one comment may name. */
export const maxMentions = 50;

/** What is named in a text, each once, in order. */
export const referencesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(mention)].map(([, reference]) => reference!)),
];

/** The mention of someone, as a comment has it. */
export const mentionOf = (id: string): string => `@[${id}]`;

/** @param to what each reference becomes; undefined: it stays as it is */
export const replaceMentions = (text: string, to: (reference: string) => string | undefined): string =>
  text.replace(mention, (whole, reference: string) => to(reference) ?? whole);

/** The text of a comment for people who read it as text: "@Ana Silva". */
export function mentionedByName(text: string, mentions: readonly { id: string; name: string }[]): string {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  return replaceMentions(text, (id) => (names.has(id) ? `@${names.get(id)}` : undefined));
}

/** The text in parts: what was written, and people who are named. */
export function partsOf<M extends { id: string }>(text: string, mentions: readonly M[]): (string | M)[] {
  const known = new Map(mentions.map((each) => [each.id, each]));
  const parts: (string | M)[] = [];
  let at = 0;
  for (const { 0: whole, 1: id, index } of text.matchAll(mention)) {
    const person = known.get(id!);
    if (!person) continue;
    if (index > at) parts.push(text.slice(at, index));
    parts.push(person);
    at = index + whole.length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
