/** What of a request tells who is calling. */
export interface Caller {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}
