import { AsyncLocalStorage } from 'node:async_hooks';
import type { Origin } from '../doors.ts';
import { type Actor, isSystem } from '../roles.ts';

const scope = new AsyncLocalStorage<Origin>();
const ourselves: Origin = { door: 'worker', address: null };

/**
 * Runs a request, or what was stored by one, so that every event in it says through which door and from which address it
 * came. No function on the way has to pass it on, so none can forget to.
 */
export function withOrigin<T>(origin: Origin, work: () => T): T {
  return scope.run(origin, work);
}

/** Of what this actor does now. What Interlock does by itself has no door but its own, also within a request. */
export function originOf(actor: Pick<Actor, 'type'>): Origin {
  return isSystem(actor) ? ourselves : (scope.getStore() ?? ourselves);
}
