import { type EventType, eventTypes } from '../events/event-types.ts';

/** A webhook about a webhook that failed would never end. */
export const neverDelivered: EventType = 'WebhookDeliveryFailed';

/** The event types that an endpoint can ask for. */
export const offeredEventTypes = eventTypes.filter((type) => type !== neverDelivered);
