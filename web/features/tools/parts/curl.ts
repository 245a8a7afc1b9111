/** Quotes for a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A curl command that executes the tool over REST. `$API_KEY` replaces the key. */
export function executeCurl(call: {
  origin: string;
  toolId: string;
  payload: unknown;
  exceptionId?: string | undefined;
}): string {
  const body = JSON.stringify({
    payload: call.payload,
    ...(call.exceptionId ? { exceptionId: call.exceptionId } : {}),
  });
  return [
    `curl -X POST ${call.origin}/api/tools/${call.toolId}/execute`,
    `-H "Authorization: Bearer $API_KEY"`,
    `-H "Idempotency-Key: $(uuidgen)"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quote(body)}`,
  ].join(' \\\n  ');
}
