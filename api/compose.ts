import { existsSync } from 'node:fs';
import { createArtifactStore } from '../shared/artifacts/server/artifact-store.ts';
import { createFileContents } from '../shared/artifacts/server/file-contents.ts';
import { createS3Store } from '../shared/artifacts/server/s3-store.ts';
import { createBatchService } from '../shared/batches/server/batch-service.ts';
import { sealedBatches } from '../shared/batches/server/stored-batch.ts';
import { createReachCounter } from '../shared/egress/server/reach-counter.ts';
import { sealedPersons } from '../shared/erasure/server/subject.ts';
import { sealedAuditKeys } from '../shared/events/server/audit/audit-keys.ts';
import { createAuditSeal } from '../shared/events/server/audit/audit-seal.ts';
import { createRefusals, type Refusals } from '../shared/events/server/refusals.ts';
import { exceptionTexts } from '../shared/exceptions/db/exceptions-search.ts';
import { exceptionFinder } from '../shared/exceptions/server/find-exception.ts';
import { executionTexts } from '../shared/executions/db/executions-search.ts';
import {
  createExecutionContext,
  type ExecutionContext,
} from '../shared/executions/server/execution-context.ts';
import { sealedInputs } from '../shared/executions/server/execution-input.ts';
import { createExecutor } from '../shared/executions/server/executor.ts';
import { createSpelling } from '../shared/finding/server/spelling.ts';
import { type Accounts, createAccounts } from '../shared/identity/server/accounts.ts';
import type { AuthOptions } from '../shared/identity/server/auth.ts';
import { oidcSettings } from '../shared/identity/server/oidc/oidc-settings.ts';
import { createProviderDirectory } from '../shared/identity/server/oidc/provider-directory.ts';
import { sealedDocuments } from '../shared/imports/server/stored-document.ts';
import { createInboundDoor } from '../shared/inbound/server/inbound-door.ts';
import { sealedInboundInputs, sealedInboundSecrets } from '../shared/inbound/server/inbound-secrets.ts';
import { createPushKeys, sealedPushKeys } from '../shared/notifications/server/push/push-keys.ts';
import { sealedSubscriptions } from '../shared/notifications/server/push/stored-subscription.ts';
import { createMailer } from '../shared/people/server/mailer.ts';
import { type Database, openDatabase } from '../shared/platform/db/database.ts';
import { createEgress } from '../shared/platform/server/egress/egress.ts';
import { createReservedHosts } from '../shared/platform/server/egress/reserved-hosts.ts';
import type { Environment } from '../shared/platform/server/environment.ts';
import {
  type KeyRing,
  type KeyRingSource,
  loadKeyRing,
  loadLocalKeys,
} from '../shared/platform/server/key-ring.ts';
import { kmsKeyRing } from '../shared/platform/server/kms-keys.ts';
import { reservedEndpoints } from '../shared/platform/server/reserved-endpoints.ts';
import { closeSandboxes } from '../shared/platform/server/sandboxes/sandboxes.ts';
import type { TemporalConnection } from '../shared/platform/server/temporal/connect.ts';
import { createVault, type Vault } from '../shared/platform/server/vault.ts';
import { checkVaultKeys } from '../shared/platform/server/vault-keys.ts';
import { runTexts } from '../shared/playbooks/db/runs-search.ts';
import { createRunService } from '../shared/playbooks/server/run-service.ts';
import { sealedCompletions, sealedStepInputs } from '../shared/playbooks/server/step-tool.ts';
import { createOpeningRules } from '../shared/rules/server/opening-rules.ts';
import { createRuleService } from '../shared/rules/server/rule-doors.ts';
import { createScheduleService } from '../shared/schedules/server/schedule-service.ts';
import { sealedSchedules } from '../shared/schedules/server/stored-target.ts';
import { createSearchIndex } from '../shared/search/server/search-index.ts';
import { createAuthAppliers } from '../shared/tools/server/auth-appliers.ts';
import { sealedCredentials } from '../shared/tools/server/credential-store.ts';
import { sealedTokens } from '../shared/tools/server/oauth2/shared-tokens.ts';
import { sealedSignIns } from '../shared/tools/server/oauth2/sign-in.ts';
import { createPersonalData } from '../shared/tools/server/personal-data.ts';
import { createProviders } from '../shared/tools/server/providers.ts';
import { createWrittenText } from '../shared/tools/server/written-text.ts';
import { createUndoService } from '../shared/undo/server/undo-service.ts';
import { sealedWebhookSecrets } from '../shared/webhooks/server/webhook-secret.ts';
import { afterRestore, type OlderSide, type RestoreReport } from '../worker/reconcile/after-restore.ts';
import {
  type ExecutionWorker,
  type ExecutionWorkerOptions,
  startExecutionWorker,
} from '../worker/start-worker.ts';
import { accountEvents } from './identity/account-events.ts';
import type { Services } from './services.ts';

// The composition root: the one place that creates what holds connections and secrets, for processes, tests and benches.

/** What a process needs before Temporal is reachable. */
export interface Foundation {
  environment: Environment;
  log: Services['log'];
  db: Database;
  vault: Vault;
  accounts: Accounts;
  refusals: Refusals;
  /** With these, `createAuth` acts on the same accounts. */
  authOptions: AuthOptions;
}

export interface FoundationOptions {
  /** Of the pool that queries use. */
  maxConnections?: number;
  keys?: KeyRingSource;
}

/** @throws Error that says which variable or file is missing or malformed. Close `db` at the end. */
export async function createFoundation(
  environment: Environment,
  log: Services['log'],
  { maxConnections, keys = {} }: FoundationOptions = {},
): Promise<Foundation> {
  const db = openDatabase(environment.databaseUrls, {
    maxConnections,
    log: ({ message }) =>
      log.warn({ reason: message }, 'a database connection broke; the next query opens another'),
  });
  const vault = createVault(await keyRingOf(environment, db, keys, log));
  const oidc = oidcSettings(environment);
  const authOptions = {
    pool: db.authPool,
    secret: environment.INTERLOCK_AUTH_SECRET,
    publicUrl: environment.publicUrl,
    oidc: oidc && { ...oidc, directory: createProviderDirectory(oidc.issuer) },
  };
  const refusals = createRefusals({ db, log });
  const accounts = createAccounts(authOptions, accountEvents({ db, log }, refusals), log);
  return { environment, log, db, vault, accounts, refusals, authOptions };
}

/**
 * The keys of the vault. With KMS, those of the settings are optional and only open what they have sealed before.
 * @throws Error that says which variable or file is missing or malformed
 */
async function keyRingOf(
  { INTERLOCK_VAULT_KMS_KEYS: kmsKeys, INTERLOCK_VAULT_KMS_ENDPOINT: endpoint }: Environment,
  db: Database,
  source: KeyRingSource,
  log: Services['log'],
): Promise<KeyRing | (() => Promise<KeyRing>)> {
  if (kmsKeys.length === 0) return loadKeyRing(source);
  const { INTERLOCK_VAULT_KEYS: keys, INTERLOCK_VAULT_KEYS_FILE: file } = source.env ?? process.env;
  const local = keys || (file && existsSync(file)) ? await loadLocalKeys({ ...source, create: false }) : [];
  return kmsKeyRing(db, { keys: kmsKeys, endpoint }, local, { log, now: source.now });
}

/** Every column that holds something sealed. One that is missing here keeps an old key of the vault alive. */
const sealedStores = [
  sealedCredentials,
  sealedWebhookSecrets,
  sealedInputs,
  sealedStepInputs,
  sealedCompletions,
  sealedTokens,
  sealedSignIns,
  sealedAuditKeys,
  sealedInboundSecrets,
  sealedInboundInputs,
  sealedPersons,
  sealedDocuments,
  sealedBatches,
  sealedSchedules,
  sealedPushKeys,
  sealedSubscriptions,
];

/** @throws VaultKeyError when this process must not start */
export function checkKeys({ db, vault, log, environment }: Foundation): Promise<void> {
  return checkVaultKeys({ db, vault, log, sealedStores }, environment.INTERLOCK_VAULT_LOST_KEYS);
}

export interface Composition {
  services: Services;
  /** Starts the worker of this process. Call it once. What the executor starts then begins here, without a poll. */
  startWorker(options?: ExecutionWorkerOptions): Promise<ExecutionWorker>;
  /** See worker/reconcile/after-restore.ts. No process may run meanwhile. */
  afterRestore(older: OlderSide): Promise<RestoreReport>;
  /**
   * Stops the worker, ends every wait for an outcome and closes the connections, except those to the database. Isolates belong
   * to the process, which closes them.
   */
  stop(): Promise<void>;
}

/** The services of a process, of which `context` is what the worker shares. Nothing here connects; call `closeEgress` at the end. */
export function composeServices(
  { environment, log, db, vault, accounts, refusals }: Foundation,
  { client, address }: Pick<TemporalConnection, 'client' | 'address'>,
): { services: Services; context: ExecutionContext; closeEgress: () => Promise<void> } {
  const reservedHosts = createReservedHosts(reservedEndpoints(environment, address));
  const findException = exceptionFinder(db);
  const search = createSearchIndex({ db, log }, [executionTexts, exceptionTexts, runTexts]);
  const personal = createPersonalData(db, environment.INTERLOCK_AUTH_SECRET);
  const headsPlace = environment.INTERLOCK_AUDIT_HEADS;
  const auditSeal = createAuditSeal({ db, vault, log, reservedHosts, headsPlace });
  const written = createWrittenText(db, vault, personal);
  const reach = createReachCounter({ db, log });
  const { INTERLOCK_EGRESS_PROXY: url, INTERLOCK_EGRESS_PROXY_TARGET: target } = environment;
  const egress = createEgress(reservedHosts, {
    proxy: url === undefined ? null : { url, target },
    onReach: reach.count,
  });
  const base = {
    environment,
    log,
    db,
    vault,
    personal,
    written,
    sealedStores,
    temporal: { client },
    reservedHosts,
    egress,
    search,
    auditSeal,
    findException,
  };
  const context = createExecutionContext(base);
  const objects = createS3Store(environment);
  const files = createFileContents(db, objects, log);
  const artifacts = createArtifactStore(db, environment.INTERLOCK_ARTIFACT_BYTES, files);
  const executor = createExecutor(context);
  const runs = createRunService(context);
  const batches = createBatchService({ ...context, accounts, executor });
  const openingRules = createOpeningRules({ ...context, accounts });
  const services: Services = {
    ...base,
    accounts,
    refusals,
    artifacts,
    files,
    providers: createProviders(context, artifacts),
    appliers: createAuthAppliers(context),
    mailer: createMailer({ url: environment.INTERLOCK_SMTP_URL, from: environment.INTERLOCK_MAIL_FROM }, log),
    pushKeys: createPushKeys({ db, vault }, environment.INTERLOCK_PUSH_KEY),
    executor,
    runs,
    batches,
    undo: createUndoService({ ...context, accounts, executor }),
    schedules: createScheduleService({ ...context, accounts, executor, runs, batches }),
    rules: createRuleService({ ...context, accounts }),
    openingRules,
    inbound: createInboundDoor({ ...base, accounts, executor, runs, openingRules }),
    spelling: createSpelling(),
  };
  const closeEgress = async () => {
    await egress.close();
    await objects?.close();
    await reach.stop();
  };
  return { services, context, closeEgress };
}

/** Creates the services of a process. `stop` also closes the connection to Temporal. */
export function compose(foundation: Foundation, temporal: TemporalConnection): Composition {
  const { services, context, closeEgress } = composeServices(foundation, temporal);
  const { native } = temporal;
  let worker: ExecutionWorker | null = null;
  return {
    services,
    async startWorker(options) {
      worker = await startExecutionWorker(context, native, services, options);
      return worker;
    },
    afterRestore: (older) => afterRestore(context, older),
    async stop() {
      await worker?.stop();
      await services.inbound.stop();
      // Callers that wait for an execution in another process get its present state.
      context.waiters.release();
      closeSandboxes();
      await closeEgress();
      await native.close();
    },
  };
}
