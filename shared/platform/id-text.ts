import { z } from 'zod';
import { plainId } from './ids.ts';

/** An id inside of what is sent; the fields of a procedure itself are read in this way anyway. */
export const idText = z.string().overwrite(plainId);
