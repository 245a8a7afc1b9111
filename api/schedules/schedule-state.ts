import type { Schedule } from '../../shared/schedules/schedule-schemas.ts';

/** What the entity tag of a schedule begins with. */
export const scheduleState = ({ revision }: Pick<Schedule, 'revision'>): number => revision;
