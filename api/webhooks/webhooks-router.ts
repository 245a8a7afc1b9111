import { router } from '../trpc.ts';
import { archiveEndpoint } from './archive-endpoint.ts';
import { createEndpoint } from './create-endpoint.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listEndpoints } from './list-endpoints.ts';
import { redeliver } from './redeliver.ts';
import { rotateSecret } from './rotate-secret.ts';
import { unarchiveEndpoint } from './unarchive-endpoint.ts';
import { updateEndpoint } from './update-endpoint.ts';

export const webhooksRouter = router({
  list: listEndpoints,
  create: createEndpoint,
  update: updateEndpoint,
  rotateSecret: rotateSecret,
  archive: archiveEndpoint,
  unarchive: unarchiveEndpoint,
  deliveries: listDeliveries,
  redeliver: redeliver,
});
