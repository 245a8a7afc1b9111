import type { PlaybookDocumentInput } from '../../shared/playbooks/playbook-document.ts';
import { acme, globex } from './people.ts';
import { chargeback, failedPayment, sanctionHit } from './playbooks-acme.ts';
import { carrierClaim, stuckShipment } from './playbooks-globex.ts';
import { serviceAlert } from './service-alert.ts';

export interface DemoPlaybook {
  owner: typeof acme | typeof globex;
  /** Oldest first, each published; the last one is current. */
  versions: (PlaybookDocumentInput & { note: string })[];
  /** What somebody is still working on. */
  draft?: PlaybookDocumentInput;
}

/** A playbook comes after those that it runs. */
export const demoPlaybooks: DemoPlaybook[] = [
  failedPayment,
  sanctionHit,
  chargeback,
  { owner: acme, versions: [serviceAlert] },
  carrierClaim,
  stuckShipment,
  { owner: globex, versions: [serviceAlert] },
];
