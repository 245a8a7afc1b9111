/**
 * A failure as people read it: what the provider said, then what happened. The two are kept apart because Temporal
 * shows the second one, and nothing of a response may get there.
 */
export function inFull({ message, reason }: { message: string; reason?: string | null | undefined }): string {
  return reason ? `${reason} ${message}` : message;
}
