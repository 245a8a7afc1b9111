import { accessRequest } from './access-request.ts';
import { incident } from './incident.ts';
import { refund } from './refund.ts';
import { sanctionHit } from './sanction-hit.ts';
import { stuckShipment } from './stuck-shipment.ts';
import type { PlaybookTemplate } from './template.ts';

/** Every playbook to start from, in the order in which they are offered. */
export const playbookTemplates: readonly PlaybookTemplate[] = [
  refund,
  stuckShipment,
  incident,
  accessRequest,
  sanctionHit,
];
