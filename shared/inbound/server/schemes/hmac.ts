import { type HmacSettings, hmacSettingsSchema } from '../../inbound-schemes.ts';
import { randomSecret } from '../inbound-secrets.ts';
import {
  anySame,
  hmacOf,
  idFromHeader,
  idHeaderOf,
  noSignature,
  type Scheme,
  type SourceSettings,
  secondsOf,
  timeProblem,
  wrongSignature,
} from './scheme.ts';

const defaults = hmacSettingsSchema.parse({});
const settingsOf = ({ hmac }: SourceSettings): HmacSettings => hmac ?? defaults;

function signature(
  { algorithm, encoding, prefix, timestampHeader }: HmacSettings,
  secret: string,
  time: string | undefined,
  body: string | Buffer,
): string {
  const parts = timestampHeader === null ? [body] : [`${time}.`, body];
  return prefix + hmacOf(algorithm, secret, parts, encoding);
}

/** A source that signs its bodies with a shared key, in the way that the endpoint describes. */
export const hmacScheme: Scheme = {
  verify({ headers, body, now }, secrets, all) {
    const settings = settingsOf(all);
    const sent = headers[settings.header];
    if (!sent) return noSignature;
    const time = settings.timestampHeader === null ? undefined : headers[settings.timestampHeader];
    const made = secrets.map((secret) => signature(settings, secret, time, body));
    // Hex is written in either case.
    const comparable = settings.encoding === 'hex' ? sent.toLowerCase() : sent;
    const expected = settings.encoding === 'hex' ? made.map((each) => each.toLowerCase()) : made;
    if (!anySame(expected, [comparable])) return wrongSignature;
    return settings.timestampHeader === null ? null : timeProblem(time, now);
  },
  senderId: idFromHeader,
  proofs: (all) => [settingsOf(all).header],
  sign({ body, secret, id, now }, all) {
    const settings = settingsOf(all);
    const time = secondsOf(now);
    return {
      ...idHeaderOf(all, id),
      ...(settings.timestampHeader !== null && { [settings.timestampHeader]: time }),
      [settings.header]: signature(settings, secret, time, body),
    };
  },
  newSecret: randomSecret,
};
