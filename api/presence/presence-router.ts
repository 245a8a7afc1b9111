import { router } from '../trpc.ts';
import { choosePresence } from './choose-presence.ts';
import { getPresenceChoice } from './get-presence-choice.ts';
import { sayHere } from './say-here.ts';

export const presenceRouter = router({
  here: sayHere,
  choice: getPresenceChoice,
  choose: choosePresence,
});
