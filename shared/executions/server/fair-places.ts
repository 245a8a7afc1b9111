/** Places that tenants share. */
export interface FairPlaces {
  /** @returns what frees the place; null when the tenant has to wait */
  take(tenantId: string): (() => void) | null;
  /** Whether the tenant has a place: without another one, its share is used up. Otherwise every place is taken. */
  hasOne(tenantId: string): boolean;
}

/**
 * A tenant gets a place while it holds fewer than are free: alone it holds half of them, two hold a third each. Whoever
 * comes next always finds one, and no share has to be configured.
 */
export function createFairPlaces(capacity: number): FairPlaces {
  const held = new Map<string, number>();
  let free = capacity;
  return {
    take(tenantId) {
      const own = held.get(tenantId) ?? 0;
      if (own >= free) return null;
      held.set(tenantId, own + 1);
      free -= 1;
      let taken = true;
      return () => {
        if (!taken) return;
        taken = false;
        free += 1;
        const left = held.get(tenantId)! - 1;
        if (left === 0) held.delete(tenantId);
        else held.set(tenantId, left);
      };
    },
    hasOne: (tenantId) => held.has(tenantId),
  };
}
