/** Replaces a secret. */
export const redactionMark = '[redacted]';

/** Whether a text is or contains a mark: of a secret, or of personal data (`[redacted:email]`). */
export function holdsMark(text: string): boolean {
  return text.includes('[redacted]') || text.includes('[redacted:');
}

/** Whether a text is nothing but a mark. */
export function isMark(text: string): boolean {
  return text === redactionMark || isPiiMark(text);
}

/** Whether a text is nothing but the mark of personal data. */
export function isPiiMark(text: string): boolean {
  return text.startsWith('[redacted:') && /^\[redacted:[^[\]]{1,400}\]$/.test(text);
}
