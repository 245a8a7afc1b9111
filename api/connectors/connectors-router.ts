import { router } from '../trpc.ts';
import { archiveConnector } from './archive-connector.ts';
import { checkConnector } from './check-connector.ts';
import { createConnector } from './create-connector.ts';
import { getConnector } from './get-connector.ts';
import { listConnectors } from './list-connectors.ts';
import { updateConnector } from './update-connector.ts';

export const connectorsRouter = router({
  list: listConnectors,
  create: createConnector,
  get: getConnector,
  update: updateConnector,
  archive: archiveConnector,
  check: checkConnector,
});
