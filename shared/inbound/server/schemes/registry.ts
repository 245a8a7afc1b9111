import type { InboundScheme } from '../../inbound-schemes.ts';
import { basicScheme } from './basic.ts';
import { bearerScheme } from './bearer.ts';
import { githubScheme } from './github.ts';
import { hmacScheme } from './hmac.ts';
import type { Scheme } from './scheme.ts';
import { slackScheme } from './slack.ts';
import { standardScheme } from './standard.ts';
import { stripeScheme } from './stripe.ts';

const schemes: Record<InboundScheme, Scheme> = {
  standard: standardScheme,
  github: githubScheme,
  stripe: stripeScheme,
  slack: slackScheme,
  hmac: hmacScheme,
  bearer: bearerScheme,
  basic: basicScheme,
};

export const schemeOf = (scheme: InboundScheme): Scheme => schemes[scheme];
