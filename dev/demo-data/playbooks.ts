import type { DemoPlaybook } from './demo-playbook.ts';
import { acme, globex } from './people.ts';
import { chargeback, failedPayment, paymentsAlike, sanctionHit } from './playbooks-acme.ts';
import { carrierClaim, stuckShipment } from './playbooks-globex.ts';
import { serviceAlert } from './service-alert.ts';

/** A playbook comes after those that it runs. */
export const demoPlaybooks: DemoPlaybook[] = [
  failedPayment,
  sanctionHit,
  chargeback,
  paymentsAlike,
  { owner: acme, versions: [serviceAlert] },
  carrierClaim,
  stuckShipment,
  { owner: globex, versions: [serviceAlert] },
];
