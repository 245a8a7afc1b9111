/** `ended`: it has run as often as it should. */
export const scheduleStatuses = ['active', 'paused', 'ended', 'archived'] as const;
export type ScheduleStatus = (typeof scheduleStatuses)[number];
