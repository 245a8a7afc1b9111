import type { PlaybookDocumentInput } from '../../shared/playbooks/playbook-document.ts';
import type { acme, globex } from './people.ts';

export interface DemoPlaybook {
  owner: typeof acme | typeof globex;
  /** Oldest first, each published; the last one is current. */
  versions: (PlaybookDocumentInput & { note: string })[];
  /** A draft that someone is still working on. */
  draft?: PlaybookDocumentInput;
}
