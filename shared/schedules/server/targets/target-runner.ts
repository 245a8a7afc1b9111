import type { Identity, Permission } from '../../../identity/roles.ts';
import type { TenantConnection } from '../../../platform/db/database.ts';
import type { StartedType, TargetInput } from '../../schedule-schemas.ts';
import type { ScheduleChange, ScheduleServices } from '../schedule-context.ts';

/** Something that a schedule may start, checked, with ids in place of names. */
export interface CheckedTarget {
  /** Of the tool or the playbook; null for a batch. */
  id: string | null;
  /** For people. */
  name: string;
  target: TargetInput;
}

/** One kind of target. */
export interface TargetRunner {
  permission: Permission;
  started: StartedType;
  /** @throws InterlockError why it could not be started as things are, with issues at their place within the target */
  check(services: ScheduleServices, identity: Identity, target: TargetInput): Promise<CheckedTarget>;
  /** What was started with this key before. */
  find(connection: TenantConnection, key: string): Promise<string | null>;
  /** Starts it, once for each key, and does not wait for its end. @throws InterlockError */
  start(context: ScheduleChange, target: TargetInput, key: string): Promise<string>;
  /** Asks it to end. @throws InterlockError `conflict` when it has */
  cancel(context: ScheduleChange, id: string): Promise<unknown>;
}
