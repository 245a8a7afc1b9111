import type { PlaybookView } from '../../shared/playbooks/playbook-schemas.ts';

/** What the entity tag of a playbook begins with: saving, discarding and publishing a draft count it up. */
export const playbookState = ({ draftRevision }: PlaybookView): number => draftRevision;
