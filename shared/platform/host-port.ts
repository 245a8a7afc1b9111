/**
 * Reads `host:port` with a name, an IPv4 address or a bracketed IPv6 address; lower case, no path, port 1–65535.
 * @returns the normal form, or null when it is invalid
 */
export function parseHostPort(text: string): { host: string; port: number; hostPort: string } | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const port = Number(match[2]);
  if (port < 1 || port > 65_535) return null;
  const host = match[1]!.toLowerCase();
  return { host, port, hostPort: `${host}:${port}` };
}
