import { router } from '../trpc.ts';
import { archiveConnector } from './archive-connector.ts';
import { checkConnector } from './check-connector.ts';
import { createConnector } from './create-connector.ts';
import { describeConnector } from './describe-connector.ts';
import { diffConnectorVersions } from './diff-connector-versions.ts';
import { getConnector } from './get-connector.ts';
import { getConnectorBlastRadius } from './get-connector-blast-radius.ts';
import { listConnectorOperations } from './list-connector-operations.ts';
import { listConnectorVersions } from './list-connector-versions.ts';
import { listConnectors } from './list-connectors.ts';
import { restoreConnectorVersion } from './restore-connector-version.ts';
import { unarchiveConnector } from './unarchive-connector.ts';
import { updateConnector } from './update-connector.ts';

export const connectorsRouter = router({
  list: listConnectors,
  create: createConnector,
  get: getConnector,
  update: updateConnector,
  archive: archiveConnector,
  unarchive: unarchiveConnector,
  versions: listConnectorVersions,
  diff: diffConnectorVersions,
  restore: restoreConnectorVersion,
  blastRadius: getConnectorBlastRadius,
  check: checkConnector,
  describe: describeConnector,
  operations: listConnectorOperations,
});
