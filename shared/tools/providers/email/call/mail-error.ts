import type { JsonObject } from '../../../../platform/json.ts';
import type { CallResult } from '../../../server/provider.ts';

/** What the mail server was asked when it failed. */
export type MailStage = 'connection' | 'TLS' | 'sign-in' | 'sender' | 'recipients' | 'message';

interface Facts {
  stage: MailStage;
  /** The reply of the server; null: there was none. */
  response: string | null;
  /** The message has been handed over, so without a reply no one knows whether it was taken. */
  handedOver: boolean;
  /** It was not handed over, because its time had passed. */
  withheld: boolean;
  /** For people, without anything of the message. */
  detail: string | null;
  rejected: { address: string; response: string }[];
}

/** A message that was not taken, or of which that is not known. */
export class MailError extends Error {
  readonly facts: Facts;

  constructor(stage: MailStage, facts: Partial<Facts>, cause?: unknown) {
    super(`The ${stage} failed`, { cause });
    this.name = 'MailError';
    this.facts = {
      stage,
      response: null,
      handedOver: false,
      withheld: false,
      detail: null,
      rejected: [],
      ...facts,
    };
  }

  get stage(): MailStage {
    return this.facts.stage;
  }

  /** 4yz: the server may take it later. */
  get transient(): boolean {
    const { response, stage } = this.facts;
    return response === null ? stage !== 'TLS' : response.startsWith('4');
  }

  asResult(host: string, signal: AbortSignal): Extract<CallResult, { ok: false }> {
    const { response, handedOver, withheld, rejected, stage } = this.facts;
    const failed = { ok: false, transient: this.transient } as const;
    if (response !== null) {
      // The server says that it did not take it: nothing has happened.
      const raw: JsonObject = {
        response,
        ...(rejected.length > 0 && { rejected: rejected.map((each) => ({ ...each })) }),
      };
      const refused = stage === 'sign-in' && !this.transient;
      return {
        ...failed,
        code: 'provider_error',
        message: `${host} refused ${words[stage]} (${replyCode(response)})`,
        sent: 'before',
        raw,
        ...(refused && { credentialRefused: true }),
      };
    }
    const sent = handedOver ? 'unknown' : 'before';
    if (withheld)
      return {
        ...failed,
        code: 'timeout',
        message: 'The message was not sent: its time to leave had passed',
        sent,
      };
    if (signal.aborted) {
      const message = handedOver
        ? `${host} got the message and did not respond in time`
        : `${host} did not respond in time. The message was not sent`;
      return { ...failed, code: 'timeout', message, sent };
    }
    return { ...failed, code: 'provider_error', message: this.#lost(host), sent };
  }

  #lost(host: string): string {
    const { stage, handedOver, detail } = this.facts;
    if (handedOver) return `The connection to ${host} ended after the message was sent and before its reply`;
    if (stage === 'TLS')
      return `The TLS connection to ${host} failed${detail === null ? '' : ` (${detail})`}`;
    return `The connection to ${host} ended before the message was sent${detail === null ? '' : ` (${detail})`}`;
  }
}

const words: Record<MailStage, string> = {
  connection: 'the connection',
  TLS: 'TLS',
  'sign-in': 'the sign-in',
  sender: 'the sender',
  recipients: 'every recipient',
  message: 'the message',
};

/** "550 5.1.1" */
function replyCode(response: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace('-', ' ') ?? 'no code';
}
