/** Replaces a secret. */
export const redactionMark = '[redacted]';
