import { router } from '../trpc.ts';
import { getConnectorUsage } from './get-connector-usage.ts';
import { getHomeUsage } from './get-home-usage.ts';
import { getPlaybookUsage } from './get-playbook-usage.ts';
import { getStats } from './get-stats.ts';
import { getToolUsage } from './get-tool-usage.ts';

export const usageRouter = router({
  home: getHomeUsage,
  stats: getStats,
  tool: getToolUsage,
  connector: getConnectorUsage,
  playbook: getPlaybookUsage,
});
