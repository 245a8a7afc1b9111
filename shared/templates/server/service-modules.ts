import type { ServiceTemplates } from '../template-data.ts';

/** The services of the catalogue. Their files are loaded when the catalogue is first read. */
export const serviceModules: readonly (() => Promise<{ default: ServiceTemplates }>)[] = [
  () => import('../services/adyen.ts'),
  () => import('../services/asana.ts'),
  () => import('../services/github.ts'),
  () => import('../services/intercom.ts'),
  () => import('../services/openai.ts'),
  () => import('../services/opsgenie.ts'),
  () => import('../services/pagerduty.ts'),
  () => import('../services/paypal.ts'),
  () => import('../services/sendgrid.ts'),
  () => import('../services/slack.ts'),
  () => import('../services/stripe.ts'),
  () => import('../services/twilio.ts'),
];
