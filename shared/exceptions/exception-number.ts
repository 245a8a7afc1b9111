/** How people name an exception: "EX-42". */
export function exceptionLabel(number: number): string {
  return `EX-${number}`;
}

/** The number in "EX-42", "ex42", "#42" or "42"; null for anything else. */
export function readExceptionNumber(text: string): number | null {
  const digits = /^(?:ex-?|#)?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
