import { isObject } from '../../shared/platform/schema-properties.ts';
import { readFromTab, storeInTab } from '../kit/tab-storage.ts';

/** A page of one thing that was looked at in this tab. */
export interface Visit {
  url: string;
  label: string;
}

const kept = 8;
/** The page of one thing, such as `/t/acme/tools/<id>`. */
const ofOneThing = /^\/t\/[^/]+\/[a-z/-]+\/[0-9a-f-]{36}$/;
const keyOf = (person: string, tenant: string) => `interlock.recent.${tenant}.${person}`;

/** The last ones, newest first. They end with the tab, and no one else who signs in sees them. */
export function recentVisits(person: string, tenant: string): Visit[] {
  const stored = readFromTab(keyOf(person, tenant));
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((each: unknown) =>
    isObject(each) && typeof each.url === 'string' && typeof each.label === 'string'
      ? [{ url: each.url, label: each.label }]
      : [],
  );
}

export function rememberVisit(person: string, tenant: string, label: string): void {
  const url = location.pathname;
  if (!ofOneThing.test(url) || !url.startsWith(`/t/${tenant}/`)) return;
  const others = recentVisits(person, tenant).filter((each) => each.url !== url);
  storeInTab(keyOf(person, tenant), [{ url, label }, ...others].slice(0, kept));
}
