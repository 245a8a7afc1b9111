import { z } from 'zod';

export const endpointUrl = z.url({ protocol: /^https?$/ }).max(2048);
export const endpointDescription = z.string().max(500);
/** Empty means every type. */
export const endpointEventTypes = z.array(z.string().max(64)).max(100);
