import { definitionFormatVersion } from './tool-definition.ts';

type Stored = Record<string, unknown>;

/** From a format to the next; a stored version is never rewritten, reading brings it up to date. */
const upgrades: Record<number, (stored: Stored) => Stored> = {
  1: fromFormat1,
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
    definition = upgrade(definition);
  }
  return definition;
}

/** Format 1 named the attempts `retry.attempts` and knew JSON bodies only. */
function fromFormat1(stored: Stored): Stored {
  const { retry, config, ...rest } = stored as Stored & { retry?: Stored; config?: Stored };
  const { attempts, ...otherRetry } = retry ?? {};
  return {
    ...rest,
    ...(retry
      ? { retry: attempts === undefined ? otherRetry : { ...otherRetry, maxAttempts: attempts } }
      : {}),
    ...(config
      ? { config: stored.type === 'http' ? { bodyType: 'json', responseType: 'auto', ...config } : config }
      : {}),
  };
}
