import {
  anySame,
  hmacOf,
  maxSignatures,
  noSignature,
  type Scheme,
  secondsOf,
  textAt,
  timeProblem,
  wrongSignature,
} from './scheme.ts';

/** https://docs.stripe.com/webhooks#verify-manually: `t=<seconds>,v1=<hex>,v1=<hex>` */
export const stripeScheme: Scheme = {
  verify({ headers, body, now }, secrets) {
    const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim());
    const values = (name: string) =>
      parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));
    const [time] = values('t');
    const sent = values('v1').slice(0, maxSignatures);
    if (sent.length === 0) return noSignature;
    const made = secrets.map((secret) => hmacOf('sha256', secret, [`${time}.`, body], 'hex'));
    return anySame(made, sent) ? timeProblem(time, now) : wrongSignature;
  },
  senderId: (_headers, body) => textAt(body, 'id'),
  eventName: (_headers, body) => textAt(body, 'type'),
  proofs: () => ['stripe-signature'],
  sign({ body, secret, now }) {
    const time = secondsOf(now);
    return { 'stripe-signature': `t=${time},v1=${hmacOf('sha256', secret, [`${time}.${body}`], 'hex')}` };
  },
};
