/** Names of tools: 2 to 63 characters, a letter first. */
const maxLength = 63;

/** `createRefund`, `POST /v1/refunds` and `Create a refund!` as `create_refund`, `post_v1_refunds` and `create_a_refund`. */
export function snakeCase(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** A name that starts with a letter and is not too long. */
export function toName(text: string, fallback: string): string {
  const snake = snakeCase(text);
  const lettered = /^[a-z]/.test(snake) ? snake : `${fallback}_${snake}`;
  const short = lettered.slice(0, maxLength).replace(/_+$/, '');
  return short.length >= 2 ? short : fallback;
}

/** Gives each text a name that no other one has. */
export function createNames(): (text: string) => string {
  const taken = new Set<string>();
  // Thousands of operations may want the same name.
  const numbers = new Map<string, number>();
  return (text) => {
    const wanted = toName(text, 'operation');
    let name = wanted;
    let number = numbers.get(wanted) ?? 2;
    for (; taken.has(name); number++) {
      const suffix = `_${number}`;
      name = `${wanted.slice(0, maxLength - suffix.length)}${suffix}`;
    }
    numbers.set(wanted, number);
    taken.add(name);
    return name;
  };
}
