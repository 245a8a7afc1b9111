import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { can, type Identity, type Permission } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import {
  type Place,
  readExisting,
  readHidden,
  readOthers,
  writeHidden,
  writePresence,
} from '../db/presence.ts';
import type { presenceSubjects } from '../presence-kinds.ts';
import type { HereInput, Others } from '../presence-schemas.ts';

/** What someone needs to see who else is there. */
const needs: Readonly<Record<(typeof presenceSubjects)[number], Permission>> = {
  exception: 'exceptions.read',
  run: 'runs.read',
};

/**
 * Says what a tab of the person has open, and who else has it open. Their rights are decided each time; a place that they
 * may not see, or that is not there, is left out.
 * @throws InterlockError `conflict` for an API key, which has nothing open
 */
export async function sayHere({ services, identity }: ReadContext, { tab, at }: HereInput): Promise<Others> {
  const person = personIn(identity);
  const allowed = at.filter(({ type }) => can(identity, needs[type]));
  const idsOf = (wanted: keyof typeof needs) =>
    allowed.flatMap(({ type, id }) => (type === wanted ? [id.toLowerCase()] : []));
  return services.db.tenant(identity.tenantId, async (connection) => {
    const existing =
      allowed.length > 0
        ? await readExisting(connection, { exception: idsOf('exception'), run: idsOf('run') })
        : new Set<string>();
    const places = new Map<string, Place>();
    for (const { type, id, stepId = '', doing } of allowed) {
      const key = `${type}/${id.toLowerCase()}`;
      if (existing.has(key)) places.set(`${key}/${stepId}`, { type, id: id.toLowerCase(), stepId, doing });
    }
    const seen = [...places.values()];
    await writePresence(connection, person, tab, seen);
    const others = seen.length > 0 ? await readOthers(connection, person.id, seen) : [];
    return {
      places: seen.map(({ type, id, stepId }) => ({
        type,
        id,
        ...(stepId !== '' && { stepId }),
        people: others
          .filter((each) => each.type === type && each.id === id && each.stepId === stepId)
          .map(({ userId, name, doing, since }) => ({
            id: userId,
            name,
            doing,
            since: since.toISOString(),
          })),
      })),
    };
  });
}

/** An API key has nothing open, and so nothing to hide. */
export async function readPresenceChoice({ services, identity }: ReadContext): Promise<{ hidden: boolean }> {
  const { id, type } = identity.actor;
  if (type !== 'user') return { hidden: false };
  return services.db.tenant(identity.tenantId, async (connection) => ({
    hidden: await readHidden(connection, id),
  }));
}

/** Hides the person from others in this organization, at once. @throws InterlockError `conflict` for an API key */
export async function choosePresence(
  context: ChangeContext,
  { hidden }: { hidden: boolean },
): Promise<{ hidden: boolean }> {
  const { services, identity } = context;
  const { id } = personIn(identity);
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (await writeHidden(connection, id, hidden))
      await tell(connection, context, {
        type: 'ProfileChanged',
        subjectType: 'member',
        subjectId: id,
        data: { changed: ['presence'], hidden },
      });
  });
  return { hidden };
}

function personIn({ actor }: Identity): { id: string; name: string } {
  if (actor.type === 'user') return actor;
  throw new InterlockError('conflict', 'An API key has no page open. Sign in as a person.');
}
