import type { EgressSettings } from '../../shared/egress/egress-schemas.ts';

/** What the entity tag of the settings begins with. */
export const egressState = ({ revision }: EgressSettings): number => revision;
