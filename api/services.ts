import type { ArtifactStore } from '../shared/artifacts/server/artifact-store.ts';
import type { FileContents } from '../shared/artifacts/server/file-contents.ts';
import type { BatchService } from '../shared/batches/server/batch-service.ts';
import type { Refusals } from '../shared/events/server/refusals.ts';
import type { OpeningRules } from '../shared/exceptions/server/opening-rules.ts';
import type { ExecutionServices } from '../shared/executions/server/execution-services.ts';
import type { Executor } from '../shared/executions/server/executor.ts';
import type { Spelling } from '../shared/finding/server/spelling.ts';
import type { Accounts } from '../shared/identity/server/accounts.ts';
import type { InboundDoor } from '../shared/inbound/server/inbound-door.ts';
import type { PushKeys } from '../shared/notifications/server/push/push-keys.ts';
import type { Mailer } from '../shared/people/server/mailer.ts';
import type { RunService } from '../shared/playbooks/server/run-service.ts';
import type { RuleService } from '../shared/rules/server/rule-doors.ts';
import type { ScheduleService } from '../shared/schedules/server/schedule-service.ts';
import type { AuthAppliers } from '../shared/tools/server/auth-appliers.ts';
import type { Providers } from '../shared/tools/server/providers.ts';
import type { UndoService } from '../shared/undo/server/undo-service.ts';

/** What procedures may use; created once per process. */
export interface Services extends ExecutionServices {
  executor: Executor;
  runs: RunService;
  batches: BatchService;
  undo: UndoService;
  schedules: ScheduleService;
  rules: RuleService;
  /** What they set of an exception that is being opened. */
  openingRules: OpeningRules;
  accounts: Accounts;
  refusals: Refusals;
  /** For requests that are no execution: the test of a credential. */
  providers: Providers;
  /** The same, of what a connector says about its system. */
  appliers: AuthAppliers;
  mailer: Mailer;
  pushKeys: PushKeys;
  artifacts: ArtifactStore;
  files: FileContents;
  inbound: InboundDoor;
  spelling: Spelling;
}
