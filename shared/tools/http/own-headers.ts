/** The headers of a connector and of a tool, whose own come first whatever their case. */
export function withOwnHeaders(
  connector: Record<string, string>,
  own: Record<string, string> = {},
): Record<string, string> {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const inherited = Object.entries(connector).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(inherited), ...own };
}
