import type { JsonObject } from '../../../../platform/json.ts';
import type { EgressError } from '../../../../platform/server/egress/egress-error.ts';
import type { CallResult } from '../../../server/provider.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** Why a call of a database has no result. */
export class DatabaseFailure extends Error {
  readonly result: Failed;

  constructor(result: Omit<Failed, 'ok'>, cause?: unknown) {
    super(result.message, { cause });
    this.name = 'DatabaseFailure';
    this.result = { ok: false, ...result };
  }
}

/** The database refused the user name or the password. Nothing was run. */
export class LoginRefused extends DatabaseFailure {
  constructor(host: string, raw: JsonObject) {
    super({
      code: 'provider_error',
      message: `${host} refused the user name or the password. Nothing was run`,
      // What the vault knows as "the credential was refused".
      httpStatus: 401,
      sent: 'before',
      transient: false,
      raw,
    });
  }
}

/** The connection could not be opened: nothing was run. */
export function notConnected({ kind, message }: EgressError, host: string): DatabaseFailure {
  switch (kind) {
    case 'refused':
      return new DatabaseFailure({ code: 'denied', message, sent: 'before', transient: false });
    case 'aborted':
      return new DatabaseFailure({
        code: 'timeout',
        message: `No connection to ${host} in time`,
        sent: 'before',
        transient: true,
      });
    default:
      return new DatabaseFailure({ code: 'provider_error', message, sent: 'before', transient: true });
  }
}
