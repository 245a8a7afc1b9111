import type { InboundWebhook } from '../../shared/inbound/inbound-schemas.ts';

/** What the entity tag of an endpoint begins with. */
export const inboundWebhookState = ({ revision }: InboundWebhook): number => revision;
