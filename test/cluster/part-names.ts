/** Of the drill, in the order in which they run. */
export const partNames = ['contract', 'roll', 'throughput', 'restore', 'faults'] as const;
export type PartName = (typeof partNames)[number];
