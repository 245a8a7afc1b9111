import type { JsonValue } from '../../platform/json.ts';

/** A call as it was sent. */
export interface SentCall {
  id: string;
  /** Where it stands in what was sent: `/calls/2`. */
  path: string;
  /** Where its payload does. */
  payloadPath: string;
  tool: string | undefined;
  toolId: string | undefined;
  payload: JsonValue;
  when: string | null;
  dependsOn: readonly string[];
  /** Idempotency key, or what its row is about. */
  key: string | null;
  /** Its values are texts of a CSV. */
  fromText?: boolean;
  ofRow?: true;
}
