import { randomInt } from 'node:crypto';

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** `pay_7Hq2…`: a prefix and ten characters that are hard to confuse. */
export function newId(prefix: string, random: (below: number) => number = randomInt): string {
  let id = `${prefix}_`;
  for (let index = 0; index < 10; index += 1) id += alphabet[random(alphabet.length)];
  return id;
}

/** The same numbers on every machine, so that the ids in the docs exist everywhere. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
