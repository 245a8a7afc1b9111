import type { ChangeContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Severity } from '../exception-schemas.ts';

/** A new exception that is not stored yet. What its opener left open is missing. */
export interface Opening {
  title: string;
  description: string;
  domain: string;
  source: string | null;
  /** Redacted. */
  attributes: Record<string, unknown>;
  severity?: Severity | undefined;
  dueAt?: Date | null | undefined;
  assignee?: { id: string; name: string } | null | undefined;
}

/** What rules set of an exception: only what its opener left open. */
export type RuledFields = Pick<Opening, 'severity' | 'dueAt' | 'assignee'>;

export interface OpeningDecision {
  /** In the transaction that opens the exception, before its row. */
  fields(connection: TenantConnection): Promise<RuledFields>;
  /** In the same transaction, after its row and its first event. */
  record(connection: TenantConnection, exceptionId: string): Promise<void>;
  /** After the commit. What fails here is made up for by the reconciler. */
  begin(): void;
}

/** The rules of a tenant for new exceptions. Exceptions know no more of them; `shared/rules` decides. */
export interface OpeningRules {
  /** Before the transaction, because rules are evaluated. A rule that fails never keeps an exception from being opened. */
  decide(context: Pick<ChangeContext, 'identity' | 'requestId'>, opening: Opening): Promise<OpeningDecision>;
}
