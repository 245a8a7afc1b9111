import { router } from '../trpc.ts';
import { followEvents } from './follow-events.ts';

export const liveRouter = router({
  events: followEvents,
});
