import type { TenantConnection } from '../../platform/db/database.ts';
import { listParticipants, type Participant } from '../db/participants.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { type CompletionRow, listAccepted } from '../db/step-completions.ts';
import { definitionOf, type Step } from '../steps/registry.ts';

/** What the rules for who may complete a step know about others. */
export interface Involved {
  /** Accepted completions of the run. */
  accepted: CompletionRow[];
  /** Who took part in the run; read for steps with votes only. */
  participants: readonly Participant[];
}

export async function readInvolved(connection: TenantConnection, run: RunRow, step: Step): Promise<Involved> {
  const accepted = await listAccepted(connection, [run.id]);
  if (!definitionOf(step).votes) return { accepted, participants: [] };
  const participants = await listParticipants(connection, [run.id]);
  return { accepted, participants: participants.get(run.id) ?? [] };
}
