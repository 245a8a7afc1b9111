import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeServices } from '../../events/server/change-context.ts';
import type { Database } from '../../platform/db/database.ts';
import { outOfScope } from '../../platform/server/work-scope.ts';
import { type Meeting, readMeetings } from '../db/presence.ts';

const pollMs = 1_000;

/**
 * Tells the pages of this process that others came, left or do something else where their person is. One statement a
 * second, while a page listens; whom a page may see is decided when it asks.
 */
export interface PresenceWatch {
  /** @returns ends it */
  follow(tenantId: string, userId: string, changed: () => void): () => void;
}

function createPresenceWatch(db: Database, log: ChangeServices['log']): PresenceWatch {
  const listeners = new Map<string, Map<string, Set<() => void>>>();
  let known = new Map<string, Meeting>();
  let polling = false;

  const tellOf = (meetings: readonly (Meeting | undefined)[]) => {
    const told = new Map<string, Set<string>>();
    for (const meeting of meetings)
      if (meeting) {
        const people = told.get(meeting.tenantId) ?? new Set();
        for (const person of meeting.people) people.add(person);
        told.set(meeting.tenantId, people);
      }
    for (const [tenantId, people] of told)
      for (const person of people)
        for (const changed of listeners.get(tenantId)?.get(person) ?? []) changed();
  };

  async function look(): Promise<void> {
    const found = await db.system((connection) => readMeetings(connection, [...listeners.keys()]));
    const now = new Map(found.map((each) => [`${each.tenantId}/${each.place}`, each]));
    const keys = new Set([...known.keys(), ...now.keys()]);
    const changed = [...keys].filter((key) => known.get(key)?.state !== now.get(key)?.state);
    // Who has left a meeting is told too: another tab of theirs may be there.
    tellOf(changed.flatMap((key) => [known.get(key), now.get(key)]));
    known = now;
  }

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    try {
      for (let failures = 0; listeners.size > 0; await sleep(pollMs))
        try {
          await look();
          failures = 0;
        } catch (error) {
          if (failures++ === 0)
            log.warn({ err: error }, 'Who is where could not be read; it will be read again');
        }
    } finally {
      polling = false;
      known = new Map();
    }
  }

  return {
    follow(tenantId, userId, changed) {
      const ofTenant = listeners.get(tenantId) ?? new Map<string, Set<() => void>>();
      listeners.set(tenantId, ofTenant);
      const ofPerson = ofTenant.get(userId) ?? new Set();
      ofTenant.set(userId, ofPerson.add(changed));
      void outOfScope(poll);
      return () => {
        ofPerson.delete(changed);
        if (ofPerson.size === 0) ofTenant.delete(userId);
        if (ofTenant.size === 0) listeners.delete(tenantId);
      };
    },
  };
}

const watches = new WeakMap<Database, PresenceWatch>();

/** One watch per process, made for the first page. */
export function presenceWatchOf({ db, log }: ChangeServices): PresenceWatch {
  const watch = watches.get(db) ?? createPresenceWatch(db, log);
  watches.set(db, watch);
  return watch;
}
