import { hash } from 'node:crypto';
import type { inferRouterOutputs } from '@trpc/server';
import type { Actor } from '../../shared/identity/roles.ts';
import { canonicalJson } from '../../shared/platform/canonical-json.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import type { AppRouter } from '../router.ts';

/** Part of the pack, so that a later format is told apart. */
export const evidenceFormat = 'interlock-evidence-1';

export type Outputs = inferRouterOutputs<AppRouter>;

/** What a person reads: everything of a case, as the API shows it. Secrets are redacted. */
export interface EvidenceContent {
  tenant: { id: string; slug: string; name: string };
  exportedAt: string;
  exportedBy: Actor;
  exception: Outputs['exceptions']['get'];
  /** Oldest first, as everything here. */
  timeline: Outputs['exceptions']['timeline']['items'];
  executions: Outputs['executions']['get'][];
  runs: Outputs['runs']['get'][];
}

/**
 * Everything of a case, with the proof. The digest of the content is in an event of the audit trail, and `audit` is an
 * export of the trail that holds this event and those of the case, as `interlock audit verify` reads it.
 */
export interface EvidencePack {
  format: typeof evidenceFormat;
  content: EvidenceContent;
  /** Lines of NDJSON. */
  audit: string[];
}

/** SHA-256 in hex. */
export function contentDigest(content: unknown): string {
  return hash('sha256', `${evidenceFormat}:${canonicalJson(content as JsonValue)}`, 'hex');
}
