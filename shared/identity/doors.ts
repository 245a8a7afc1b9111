/**
 * The ways in: a page; the REST API, tRPC or MCP with an API key; `cli`: the REST API, called by the program `interlock`;
 * `schedule`: what someone has scheduled; `worker`: Interlock itself, without a request.
 */
export const doors = ['web', 'rest', 'cli', 'trpc', 'mcp', 'schedule', 'worker'] as const;
export type Door = (typeof doors)[number];

/** Where a request came from. */
export interface Origin {
  door: Door;
  /** The IP address of the caller, as the first trusted proxy saw it; null when unknown. */
  address: string | null;
}
