import type { z } from 'zod';
import type { ReadContext } from '../../shared/events/server/change-context.ts';
import { readExceptionByNumber } from '../../shared/exceptions/db/exceptions.ts';
import { exceptionLabel, readExceptionNumber } from '../../shared/exceptions/exception-number.ts';
import { exceptionPage } from '../../shared/exceptions/server/list-exceptions.ts';
import {
  findByIds,
  findNamed,
  listNames,
  type NamedRow,
  type NamedType,
  namedTypes,
  numerousTypes,
} from '../../shared/finding/db/find-named.ts';
import { idRange } from '../../shared/finding/id-range.ts';
import { mostNames } from '../../shared/finding/server/spelling.ts';
import { can, type Permission } from '../../shared/identity/roles.ts';
import {
  type Found,
  type FoundType,
  foundTypes,
  type searchInputSchema,
} from '../../shared/search/search-schemas.ts';
import { allTemplates, listTemplates } from '../../shared/templates/server/template-catalog.ts';
import type { Services } from '../services.ts';

type Query = Omit<z.output<typeof searchInputSchema>, 'types'>;
/** What was found, with what a query may name it by besides its title. */
type Hit = Omit<Found, 'type' | 'url'> & { names: string[] };
type Find = (context: ReadContext<Services>, query: Query) => Promise<Hit[]>;

interface Finder {
  /** Of the list that shows the same. */
  permission: Permission;
  /** Of its page, below the organization. */
  path: (id: string) => string;
  /** The best or newest first. Left out: by its name, in one statement for all such types. */
  find?: Find;
  /** What people call them, for a query with typing errors. Left out: it finds none of them. */
  names?: (context: ReadContext<Services>) => Promise<string[]>;
}

const at = (list: string) => (id: string) => `${list}/${id}`;

const namesIn =
  (type: NamedType | 'exception'): NonNullable<Finder['names']> =>
  ({ services, identity }) =>
    services.db.tenant(identity.tenantId, (connection) => listNames(connection, type, mostNames));
const byName = (type: NamedType, permission: Permission, path: string): Finder => ({
  permission,
  path: at(path),
  names: namesIn(type),
});

const finders: Record<FoundType, Finder> = {
  execution: {
    permission: 'executions.read',
    path: at('executions'),
    async find({ services, identity }, query) {
      const { items } = await services.executor.list(identity, query);
      return items.map(({ id, toolTitle, status, actor }) => ({
        id,
        title: toolTitle,
        subtitle: `${status} · ${actor.name} · ${id}`,
        names: [id],
      }));
    },
  },
  exception: {
    permission: 'exceptions.read',
    path: at('exceptions'),
    names: namesIn('exception'),
    async find(context, query) {
      const { services, identity } = context;
      const number = readExceptionNumber(query.q);
      const [{ items }, exact] = await Promise.all([
        exceptionPage(context, { ...query, sort: 'newest' }),
        number === null
          ? null
          : services.db.tenant(identity.tenantId, (connection) => readExceptionByNumber(connection, number)),
      ]);
      const others = items.filter((item) => item.id !== exact?.id);
      return [...(exact ? [exact] : []), ...others].slice(0, query.limit).map((exception) => {
        const { id, title, status, severity } = exception;
        const label = exceptionLabel(exception.number);
        const subtitle = `${label} · ${status.replace('_', ' ')} · ${severity}`;
        return { id, title, subtitle, names: [id, label, `${exception.number}`, `#${exception.number}`] };
      });
    },
  },
  run: {
    permission: 'runs.read',
    path: at('playbook-runs'),
    async find(context, query) {
      const { items } = await context.services.runs.list(context, query);
      return items.map(({ id, playbookTitle, status }) => ({
        id,
        title: playbookTitle,
        subtitle: `${status} · ${id}`,
        names: [id],
      }));
    },
  },
  tool: byName('tool', 'tools.read', 'tools'),
  playbook: byName('playbook', 'playbooks.read', 'playbooks'),
  connector: byName('connector', 'connectors.read', 'connectors'),
  member: {
    permission: 'members.read',
    path: (id) => `exceptions?assignee=${encodeURIComponent(id)}`,
    async find({ services, identity }, { q, limit }) {
      const words = q.toLowerCase().split(/\s+/);
      const members = await services.accounts.members(identity.tenantId);
      return members
        .filter(({ name, email }) => words.every((word) => `${name} ${email}`.toLowerCase().includes(word)))
        .slice(0, limit)
        .map(({ id, name, email }) => ({ id, title: name, subtitle: email, names: [id, email] }));
    },
    names: async ({ services, identity }) =>
      (await services.accounts.members(identity.tenantId))
        .slice(0, mostNames)
        .map(({ name, email }) => `${name} ${email}`),
  },
  credential: byName('credential', 'credentials.read', 'settings/credentials'),
  schedule: byName('schedule', 'schedules.read', 'schedules'),
  batch: byName('batch', 'executions.read', 'batches'),
  template: {
    permission: 'tools.read',
    path: at('tools/templates'),
    async find(_, { q, limit }) {
      const { items } = await listTemplates({ q, limit });
      return items.map(({ name, title, serviceTitle }) => ({
        id: name,
        title,
        subtitle: serviceTitle,
        names: [name],
      }));
    },
    names: async () =>
      (await allTemplates()).map(({ id, data, tool }) => `${id} ${data.title} ${tool.title}`),
  },
};

/** What has a name or a beginning of an id, in one statement each. */
async function findInTables(
  { services, identity }: ReadContext<Services>,
  asked: readonly FoundType[],
  { q, limit }: Query,
): Promise<Map<FoundType, Hit[]>> {
  const small = namedTypes.filter((type) => asked.includes(type));
  const large = numerousTypes.filter((type) => asked.includes(type));
  const range = idRange(q);
  const rows = await services.db.tenant(identity.tenantId, async (connection) => [
    ...(range && large.length > 0 ? await findByIds(connection, large, range, limit) : []),
    ...(small.length > 0 ? await findNamed(connection, small, q.toLowerCase(), limit) : []),
  ]);
  const hits = Map.groupBy(rows, ({ type }): FoundType => type);
  return new Map([...hits].map(([type, found]) => [type, found.map(hitOf)]));
}

const hitOf = ({ id, name, title, detail }: NamedRow): Hit => ({
  id,
  title,
  subtitle: detail ?? name,
  names: [id, name],
});

/** The query is somewhere in the text of a row. */
const mereText = 3;

/** What `names` says first, then what its title or a name begins with, then a word of it, then the rest. */
function rankOf({ names, title }: Hit, q: string): number {
  const texts = [title, ...names].map((text) => text.toLowerCase());
  if (texts.includes(q)) return 0;
  if (texts.some((text) => text.startsWith(q))) return 1;
  return texts.some((text) => text.split(/[\s_.-]/).some((word) => word.startsWith(q))) ? 2 : mereText;
}

interface Group {
  type: FoundType;
  ranked: { hit: Hit; rank: number }[];
}

/** Of each type, the best first. */
async function groupsOf(
  context: ReadContext<Services>,
  asked: readonly FoundType[],
  query: Query,
): Promise<Group[]> {
  const [inTables, ...others] = await Promise.all([
    findInTables(context, asked, query),
    ...asked.map((type) => finders[type].find?.(context, query) ?? []),
  ]);
  const q = query.q.toLowerCase();
  return asked.map((type, index) => {
    const hits = new Map([...(inTables.get(type) ?? []), ...others[index]!].map((hit) => [hit.id, hit]));
    const ranked = [...hits.values()].map((hit) => ({ hit, rank: rankOf(hit, q) }));
    return { type, ranked: ranked.toSorted((a, b) => a.rank - b.rank).slice(0, query.limit) };
  });
}

/** The same for what was meant, of the types that the query itself does not find. */
async function groupsNear(
  context: ReadContext<Services>,
  missed: readonly FoundType[],
  query: Query,
): Promise<Group[]> {
  const { services, identity } = context;
  const near = await Promise.all(
    missed.map(async (type): Promise<Group> => {
      const { names } = finders[type];
      if (!names) return { type, ranked: [] };
      const of = `${identity.tenantId} ${type}`;
      const meant = await services.spelling.correct(of, query.q, () => names(context));
      const groups = await Promise.all(meant.map((q) => groupsOf(context, [type], { ...query, q })));
      const hits = new Map(groups.flat().flatMap(({ ranked }) => ranked.map((each) => [each.hit.id, each])));
      return { type, ranked: [...hits.values()].slice(0, query.limit) };
    }),
  );
  return near;
}

/**
 * What the caller may list and the query finds. What it names exactly comes first, then what begins with it, then a word of
 * it, then the rest; types with the best first, otherwise in their order. Where no name begins with it, what is called nearly so
 * comes last.
 */
export async function find(
  context: ReadContext<Services>,
  { types = [...foundTypes], ...query }: z.output<typeof searchInputSchema>,
): Promise<Found[]> {
  const { identity } = context;
  const asked = foundTypes.filter((type) => types.includes(type) && can(identity, finders[type].permission));
  const groups = await groupsOf(context, asked, query);
  const isNamed = groups.some(({ ranked }) => ranked.some(({ rank }) => rank < mereText));
  const missed = groups.filter(({ ranked }) => ranked.length === 0).map(({ type }) => type);
  const near = isNamed || missed.length === 0 ? [] : await groupsNear(context, missed, query);
  const best = ({ ranked }: Group) => (ranked[0]?.rank === 0 ? 0 : 1);
  return [
    ...groups.toSorted((a, b) => best(a) - best(b)),
    ...near.toSorted((a, b) => best(a) - best(b)),
  ].flatMap(({ type, ranked }) =>
    ranked.map(({ hit: { names: _, ...hit } }) => ({
      type,
      ...hit,
      url: `/t/${identity.tenantSlug}/${finders[type].path(hit.id)}`,
    })),
  );
}
