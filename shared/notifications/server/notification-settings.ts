import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { Mailer } from '../../people/server/mailer.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { readFailures } from '../db/notification-failures.ts';
import { listChannels, lockSettings, readStoredSettings, writeSettings } from '../db/notifications.ts';
import { notificationKinds } from '../notification-kinds.ts';
import type { NotificationSettings, SettingsInput, StoredSettings } from '../notification-schemas.ts';
import { settingsOf } from '../person-settings.ts';
import { assertChannels, assertPerson } from './own-notifications.ts';
import type { Unsubscribing } from './unsubscribe-token.ts';

type Services = { mailer: Mailer; accounts: Accounts };

/** The settings of the person who asks, with what is so by default. */
export async function readOwnSettings({
  services,
  identity,
}: ReadContext<Services>): Promise<NotificationSettings> {
  const { tenantId, actor } = identity;
  const members = await services.accounts.members(tenantId);
  return services.db.tenant(tenantId, async (connection) => {
    const channels = (await listChannels(connection)).filter(({ enabled }) => enabled);
    const settings = settingsOf(await readStoredSettings(connection, actor.id));
    const failures = await readFailures(connection, actor.id);
    return {
      ...settings,
      email: services.mailer.sends ? (members.find(({ id }) => id === actor.id)?.email ?? null) : null,
      emailFailure: failures.get('email') ?? null,
      channels: channels.map(({ id, name }) => ({ id, name, lastFailure: failures.get(id) ?? null })),
    };
  });
}

/** Changes what is named; all of it, or nothing. @throws InterlockError `conflict` for an API key, `invalid_input` */
export async function changeOwnSettings(
  context: ChangeContext<Services>,
  input: SettingsInput,
): Promise<NotificationSettings> {
  const { services, identity } = context;
  assertPerson(identity);
  const { tenantId, actor } = identity;
  await services.db.tenantTransaction(tenantId, async (connection) => {
    const before = await lockSettings(connection, actor.id);
    await assertKnownChannels(connection, before, input);
    const after = { ...before, ...input, kinds: { ...before.kinds, ...input.kinds } };
    await writeSettings(connection, actor.id, after);
    await tell(connection, context, {
      type: 'NotificationSettingsChanged',
      subjectType: 'member',
      subjectId: actor.id,
      data: {
        changed: Object.keys(input).filter((name) => input[name as keyof SettingsInput] !== undefined),
        kinds: Object.keys(input.kinds ?? {}),
      },
    });
  });
  return readOwnSettings(context);
}

/** One that was chosen before may have been removed: it says nothing any more. */
async function assertKnownChannels(
  connection: TenantConnection,
  before: StoredSettings,
  { kinds = {} }: SettingsInput,
): Promise<void> {
  const known = await listChannels(connection);
  for (const kind of notificationKinds) {
    const had = (before.kinds?.[kind]?.channels ?? []).map((id) => ({ id }));
    const path = `${pointer('/kinds', kind)}/channels`;
    assertChannels([...known, ...had], kinds[kind]?.channels ?? [], path);
  }
}

/**
 * Ends the emails that a link names, by the one who holds it. Doing it again changes nothing.
 * @throws InterlockError `not_found` when the person is no member any more
 */
export async function unsubscribe(
  { db, accounts }: { db: Database; accounts: Accounts },
  { tenantId, userId, kind }: Unsubscribing,
  requestId: string,
): Promise<void> {
  const member = (await accounts.members(tenantId)).find(({ id }) => id === userId);
  if (!member)
    throw new InterlockError('not_found', 'You no longer get these notifications. Nothing was changed.');
  await db.tenantTransaction(tenantId, async (connection) => {
    const before = await lockSettings(connection, userId);
    const { kinds } = settingsOf(before);
    const ended = (kind === 'all' ? notificationKinds : [kind]).filter((each) => kinds[each].email !== 'off');
    if (ended.length === 0) return;
    const off = Object.fromEntries(ended.map((each) => [each, { ...kinds[each], email: 'off' as const }]));
    await writeSettings(connection, userId, { ...before, kinds: { ...before.kinds, ...off } });
    await tell(
      connection,
      { identity: { tenantId, actor: { type: 'user', id: userId, name: member.name } }, requestId },
      {
        type: 'NotificationSettingsChanged',
        subjectType: 'member',
        subjectId: userId,
        data: { changed: ['email'], kinds: ended, by: 'the link in an email' },
      },
    );
  });
}
