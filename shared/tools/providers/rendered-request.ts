import type { JsonValue } from '../../platform/json.ts';

/** A request as it is sent, without its auth. The provider renders it, for preview, digest and call alike. */
export interface RenderedRequest {
  method: string;
  /** Absolute for HTTP; `dummy:` for the dummy provider. */
  url: string;
  headers: Record<string, string>;
  body?: JsonValue;
  bodyType?: 'json' | 'form' | 'multipart' | 'text' | 'binary';
}
