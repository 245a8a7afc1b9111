import { router } from '../trpc.ts';
import { disconnectApp } from './disconnect-app.ts';
import { disconnectMyApp } from './disconnect-my-app.ts';
import { listApps } from './list-apps.ts';
import { listMyApps } from './list-my-apps.ts';

export const appsRouter = router({
  list: listApps,
  disconnect: disconnectApp,
  mine: listMyApps,
  disconnectMine: disconnectMyApp,
});
