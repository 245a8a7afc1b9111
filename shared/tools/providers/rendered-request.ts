import type { JsonValue } from '../../platform/json.ts';

/** A request as it is sent, without its auth. The same for preview, digest and call. */
export interface RenderedRequest {
  method: string;
  /** Absolute. */
  url: string;
  headers: Record<string, string>;
  body?: JsonValue;
  bodyType?: 'json' | 'form' | 'multipart' | 'text' | 'binary';
}
