import type { PolicyView } from '../../shared/policies/policy-schemas.ts';

/** What the entity tag of a policy begins with. */
export const policyState = ({ revision }: PolicyView): number => revision;
