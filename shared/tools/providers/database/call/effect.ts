import type { SentState } from '../../../../platform/http/sent-state.ts';
import type { CallContext } from '../../../server/provider.ts';
import { DatabaseFailure } from './database-failure.ts';

/** Whether the call may have had its effect. */
export interface Effect {
  readonly sent: SentState;
  /** Before something is sent that has no effect by itself. @throws DatabaseFailure when the attempt has ended */
  check(): void;
  /** Right before what has the effect is sent. @throws DatabaseFailure when the attempt has ended */
  begin(): void;
}

export function createEffect({ maySend, onSent }: Pick<CallContext, 'maySend' | 'onSent'>): Effect {
  let sent: SentState = 'before';
  const check = () => {
    if (maySend()) return;
    throw new DatabaseFailure({
      code: 'timeout',
      message: 'The statement was not run: its time had passed',
      sent,
      transient: true,
    });
  };
  return {
    get sent() {
      return sent;
    },
    check,
    begin() {
      check();
      if (sent === 'before') onSent();
      sent = 'unknown';
    },
  };
}
