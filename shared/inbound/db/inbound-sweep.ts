import { dueRows } from '../../executions/db/due-rows.ts';

/** Deliveries whose workflow has to be there. */
export const dueDeliveries = dueRows('inbound', 'inbound_delivery', ['accepted']);
