import type { z } from 'zod';
import type { ReadContext } from '../../shared/events/server/change-context.ts';
import { readExceptionByNumber } from '../../shared/exceptions/db/exceptions.ts';
import { exceptionLabel, readExceptionNumber } from '../../shared/exceptions/exception-number.ts';
import { exceptionPage } from '../../shared/exceptions/server/list-exceptions.ts';
import { can, type Permission } from '../../shared/identity/roles.ts';
import { escapeLike } from '../../shared/platform/db/escape-like.ts';
import { findPlaybooks } from '../../shared/playbooks/db/playbooks-search.ts';
import {
  type Found,
  type FoundType,
  foundTypes,
  type searchInputSchema,
} from '../../shared/search/search-schemas.ts';
import { findNamed } from '../../shared/tools/db/tools-search.ts';
import type { Services } from '../services.ts';

type Query = Omit<z.output<typeof searchInputSchema>, 'types'>;
/** What was found, with what a query may name it by besides its title. */
type Hit = Omit<Found, 'type' | 'url'> & { names: string[]; path: string };

interface Finder {
  /** Of the list that shows the same. */
  permission: Permission;
  /** The best or newest first. */
  find(context: ReadContext<Services>, query: Query): Promise<Hit[]>;
}

const finders: Record<FoundType, Finder> = {
  execution: {
    permission: 'executions.read',
    async find({ services, identity }, query) {
      const { items } = await services.executor.list(identity, query);
      return items.map(({ id, toolTitle, status, actor }) => ({
        id,
        title: toolTitle,
        subtitle: `${status} · ${actor.name} · ${id}`,
        names: [id],
        path: `executions/${id}`,
      }));
    },
  },
  exception: {
    permission: 'exceptions.read',
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
        return { id, title, subtitle, names: [id, label, `${exception.number}`], path: `exceptions/${id}` };
      });
    },
  },
  run: {
    permission: 'runs.read',
    async find(context, query) {
      const { items } = await context.services.runs.list(context, query);
      return items.map(({ id, playbookTitle, status }) => ({
        id,
        title: playbookTitle,
        subtitle: `${status} · ${id}`,
        names: [id],
        path: `playbook-runs/${id}`,
      }));
    },
  },
  tool: named('tools.read', 'tool', 'tools'),
  playbook: {
    permission: 'playbooks.read',
    async find({ services, identity }, { q, limit }) {
      const rows = await services.db.tenant(identity.tenantId, (connection) =>
        findPlaybooks(connection, patternsOf(q), limit),
      );
      return rows.map(({ id, name, title }) => ({
        id,
        title,
        subtitle: name,
        names: [id, name],
        path: `playbooks/${id}`,
      }));
    },
  },
  connector: named('connectors.read', 'connector', 'connectors'),
  member: {
    permission: 'members.read',
    async find({ services, identity }, { q, limit }) {
      const words = q.toLowerCase().split(/\s+/);
      const members = await services.accounts.members(identity.tenantId);
      return members
        .filter(({ name, email }) => words.every((word) => `${name} ${email}`.toLowerCase().includes(word)))
        .slice(0, limit)
        .map(({ id, name, email }) => ({
          id,
          title: name,
          subtitle: email,
          names: [id, email],
          path: `exceptions?assignee=${encodeURIComponent(id)}`,
        }));
    },
  },
};

function named(permission: Permission, table: 'tool' | 'connector', path: string): Finder {
  return {
    permission,
    async find({ services, identity }, { q, limit }) {
      const rows = await services.db.tenant(identity.tenantId, (connection) =>
        findNamed(connection, table, patternsOf(q), limit),
      );
      return rows.map(({ id, name, title }) => ({
        id,
        title,
        subtitle: name,
        names: [id, name],
        path: `${path}/${id}`,
      }));
    },
  };
}

const patternsOf = (q: string) => q.split(/\s+/).map((word) => `%${escapeLike(word)}%`);

/**
 * What the caller may list and the query finds: what it names exactly, then titles that begin with it, then the rest, in
 * the order of the types.
 */
export async function find(
  context: ReadContext<Services>,
  { types = [...foundTypes], ...query }: z.output<typeof searchInputSchema>,
): Promise<Found[]> {
  const { identity } = context;
  const asked = foundTypes.filter((type) => types.includes(type) && can(identity, finders[type].permission));
  const found = await Promise.all(
    asked.map(async (type) => (await finders[type].find(context, query)).map((hit) => ({ type, ...hit }))),
  );
  const q = query.q.toLowerCase();
  const rank = ({ names, title }: Hit) =>
    names.some((name) => name.toLowerCase() === q) ? 0 : title.toLowerCase().startsWith(q) ? 1 : 2;
  const hasExact = (hits: readonly Hit[]) => hits[0] !== undefined && rank(hits[0]) === 0;
  return found
    .map((hits) => hits.toSorted((a, b) => rank(a) - rank(b)))
    .toSorted((a, b) => Number(hasExact(b)) - Number(hasExact(a)))
    .flat()
    .map(({ names, path, ...hit }) => ({ ...hit, url: `/t/${identity.tenantSlug}/${path}` }));
}
