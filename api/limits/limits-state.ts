import type { Limits } from '../../shared/limits/limit-schemas.ts';

/** What the entity tag of the limits begins with. */
export const limitsState = ({ tenant }: Limits): number => tenant.revision;
