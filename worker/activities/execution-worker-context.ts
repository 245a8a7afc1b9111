import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import type { FairPlaces } from '../../shared/executions/server/fair-places.ts';
import type { CredentialVerdicts } from '../../shared/tools/server/credential-verdicts.ts';
import type { Providers } from '../../shared/tools/server/providers.ts';
import type { Lane } from './lane.ts';
import type { Lease } from './lease.ts';

/** What the activities of one worker process share. */
export interface ExecutionWorkerContext extends ExecutionContext {
  providers: Providers;
  /** What responses say about credentials. */
  verdicts: CredentialVerdicts;
  /** For the calls in progress: a first attempt of a short call, and an activity that Temporal Web shows. */
  places: { local: FairPlaces; watched: FairPlaces };
  /** For attempts that follow a lost one: should the worker be lost again, it is known which of them ended it. */
  alone: Lane;
  /** New for every start of a process: separates its own unsettled attempts from those of a lost worker. */
  workerId: string;
  /** Attempts (`attemptKey`) whose call has begun here and is not settled. */
  sent: Set<string>;
  /** Of the attempts in progress here. */
  leases: Set<Lease>;
}
