type Json = Record<string, unknown>;

/** A seeded generator (mulberry32), so that a failing run can be repeated. @returns numbers from 0 to below 1 */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const odd = [
  '',
  ' ',
  '\u0000',
  '💥'.repeat(40),
  '../..',
  '%00',
  "' OR 1=1 --",
  '${{ 1 }}',
  'null',
  '9e999',
  '__proto__',
];
const anything = [null, true, -1, 0, 1.5, 2 ** 53, 'text', [], {}, [[]], { a: { b: [] } }];

/** Values for a JSON Schema: mostly valid ones, some at their limits, some that are plainly wrong. */
export function createValues(random: () => number, schemas: Record<string, Json>, known: readonly string[]) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const chance = (share: number) => random() < share;

  function valueFor(schema: Json, depth = 0): unknown {
    if (chance(0.06)) return pick(anything);
    if (typeof schema.$ref === 'string')
      return valueFor(schemas[schema.$ref.split('/').at(-1)!] ?? {}, depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (Array.isArray(schema.enum)) return pick(schema.enum);
    const options = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
    if (options) return valueFor(pick(options), depth + 1);
    switch (schema.type) {
      case 'string':
        return chance(0.15) ? pick(odd) : text(schema);
      case 'integer':
      case 'number':
        return chance(0.2)
          ? pick([-1, 0, 1.5, 1e21, 2 ** 53])
          : Math.floor(random() * 100) + Number(schema.minimum ?? 0);
      case 'boolean':
        return chance(0.5);
      case 'null':
        return null;
      case 'array':
        return depth > 6
          ? []
          : Array.from({ length: Math.floor(random() * 3) }, () =>
              valueFor((schema.items ?? {}) as Json, depth + 1),
            );
      case 'object':
        return objectOf(schema, depth);
      default:
        return pick(anything);
    }
  }

  function objectOf(schema: Json, depth: number): Json {
    const required = new Set((schema.required ?? []) as string[]);
    const members = Object.entries((schema.properties ?? {}) as Record<string, Json>).filter(([name]) =>
      required.has(name) ? chance(0.95) : depth < 6 && chance(0.4),
    );
    const made = Object.fromEntries(members.map(([name, each]) => [name, valueFor(each, depth + 1)]));
    return chance(0.05) ? { ...made, surprise: pick(anything) } : made;
  }

  function text({ format, minLength, maxLength, pattern }: Json): string {
    if (format === 'date-time')
      return pick(['2026-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '2026-02-31T00:00:00Z']);
    if (format === 'uuid') return pick(known);
    if (pattern) return pick(['example', 'a_name', 'A-B', '1']);
    if (Number(minLength ?? 0) > 100 || Number(maxLength ?? 0) === 1)
      return 'x'.repeat(Number(minLength ?? 1));
    return pick([...known, 'example', 'a longer example', '${{ input.x }}', 'https://example.test/{id}']);
  }

  return { valueFor, pick, chance };
}
