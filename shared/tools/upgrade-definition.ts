import { isObject } from '../platform/schema-properties.ts';
import { type AnyAuth, authPlacement } from './auth/registry.ts';
import { providerOf } from './providers/registry.ts';
import { definitionFormatVersion } from './tool-definition.ts';

type Stored = Record<string, unknown>;

/** From a format to the next; a stored version is never rewritten, reading brings it up to date. */
const upgrades: Record<number, (stored: Stored) => Stored> = {
  1: fromFormat1,
  2: fromFormat2,
};

/**
 * A stored definition in today's format.
 * @throws Error when it was written by a newer version of the product
 */
export function upgradeDefinition(formatVersion: number, stored: Stored): Stored {
  if (formatVersion > definitionFormatVersion) {
    throw new Error(
      `This definition has format ${formatVersion}; this version reads up to ${definitionFormatVersion}.`,
    );
  }
  let definition = stored;
  for (let format = formatVersion; format < definitionFormatVersion; format++) {
    const upgrade = upgrades[format];
    if (!upgrade) throw new Error(`No upgrade from definition format ${format}.`);
    definition = upgradeConfig(upgrade(definition), format);
  }
  return definition;
}

/**
 * The format in which a version is stored: the oldest that says the same, so that processes of an earlier version can
 * execute it while a deployment is under way.
 */
export function formatOf({ auth }: { auth?: AnyAuth | undefined }, connectorId: string | null): number {
  const declinesAuth = connectorId !== null && auth !== undefined && authPlacement(auth) === null;
  return declinesAuth ? definitionFormatVersion : 2;
}

function upgradeConfig(stored: Stored, format: number): Stored {
  const upgrade = providerOf({ type: String(stored.type) }).upgradeConfig?.[format];
  return upgrade && isObject(stored.config) ? { ...stored, config: upgrade(stored.config) } : stored;
}

/** Format 1 called the attempts `retry.attempts`. */
function fromFormat1(stored: Stored): Stored {
  if (!isObject(stored.retry) || stored.retry.attempts === undefined) return stored;
  const { attempts, ...retry } = stored.retry;
  return { ...stored, retry: { ...retry, maxAttempts: attempts } };
}

/** In format 2 a tool without auth took that of its connector, even where it said "none". */
function fromFormat2(stored: Stored): Stored {
  const { auth, ...rest } = stored;
  const connectorId = providerOf({ type: String(stored.type) }).connector?.idOf(stored.config);
  const said = isObject(auth) && authPlacement(auth as AnyAuth) !== null;
  return connectorId === undefined || said ? stored : rest;
}
