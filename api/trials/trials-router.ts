import { router } from '../trpc.ts';
import { getTrial } from './get-trial.ts';
import { listTrials } from './list-trials.ts';
import { promoteTrial } from './promote-trial.ts';
import { setTrialPercent } from './set-trial-percent.ts';
import { startTrial } from './start-trial.ts';
import { stopTrial } from './stop-trial.ts';

export const trialsRouter = router({
  list: listTrials,
  get: getTrial,
  start: startTrial,
  setPercent: setTrialPercent,
  promote: promoteTrial,
  stop: stopTrial,
});
