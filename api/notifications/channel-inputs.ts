import { z } from 'zod';
import { channelNameSchema } from '../../shared/notifications/notification-schemas.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { anyObject } from '../common-inputs.ts';

export const channelInput = z.object({
  name: channelNameSchema,
  toolId: z.string(),
  /** It was parsed from JSON. */
  input: anyObject.transform((value) => value as JsonObject),
});
