import {
  anySame,
  hmacOf,
  noSignature,
  type Scheme,
  secondsOf,
  textAt,
  timeProblem,
  wrongSignature,
} from './scheme.ts';

const signature = (secret: string, time: string | undefined, body: string | Buffer) =>
  `v0=${hmacOf('sha256', secret, [`v0:${time}:`, body], 'hex')}`;

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const slackScheme: Scheme = {
  verify({ headers, body, now }, secrets) {
    const { 'x-slack-signature': sent, 'x-slack-request-timestamp': time } = headers;
    if (!sent) return noSignature;
    const made = secrets.map((secret) => signature(secret, time, body));
    return anySame(made, [sent]) ? timeProblem(time, now) : wrongSignature;
  },
  /** Of an event, or of a command. */
  senderId: (_headers, body) => textAt(body, 'event_id') ?? textAt(body, 'trigger_id'),
  /** https://docs.slack.dev/reference/events/url_verification */
  challenge: (body) => (textAt(body, 'type') === 'url_verification' ? textAt(body, 'challenge') : null),
  idField: 'event_id',
  proofs: () => ['x-slack-signature'],
  sign({ body, secret, now }) {
    const time = secondsOf(now);
    return { 'x-slack-request-timestamp': time, 'x-slack-signature': signature(secret, time, body) };
  },
};
