import { router } from '../trpc.ts';
import { applyFiles } from './apply-files.ts';
import { exportFiles } from './export-files.ts';
import { planFiles } from './plan-files.ts';

export const filesRouter = router({
  export: exportFiles,
  plan: planFiles,
  applyPlan: applyFiles,
});
