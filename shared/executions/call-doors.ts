import { doors } from '../identity/doors.ts';

/** How a call came: through a door, or as part of a playbook or of a batch, whoever started that. */
export const callDoors = [...doors, 'playbook', 'batch'] as const;
export type CallDoor = (typeof callDoors)[number];

/** `not_recorded`: it was requested before doors were. */
export const callDoorFilters = [...callDoors, 'not_recorded'] as const;
export type CallDoorFilter = (typeof callDoorFilters)[number];
