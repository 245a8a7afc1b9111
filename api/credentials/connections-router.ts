import { router } from '../trpc.ts';
import { connectCredential } from './connect-credential.ts';
import { getConnection } from './get-connection.ts';

export const connectionsRouter = router({ connect: connectCredential, get: getConnection });
