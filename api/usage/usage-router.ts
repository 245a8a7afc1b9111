import { router } from '../trpc.ts';
import { getConnectorUsage } from './get-connector-usage.ts';
import { getHomeUsage } from './get-home-usage.ts';
import { getPlaybookUsage } from './get-playbook-usage.ts';
import { getToolUsage } from './get-tool-usage.ts';

export const usageRouter = router({
  home: getHomeUsage,
  tool: getToolUsage,
  connector: getConnectorUsage,
  playbook: getPlaybookUsage,
});
