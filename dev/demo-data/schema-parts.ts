/** Short forms for the JSON Schemas of the demo tools. */
type Schema = Record<string, unknown>;

export function object(
  properties: Record<string, Schema>,
  required: string[] = Object.keys(properties),
): Schema {
  return { type: 'object', required, properties, additionalProperties: false };
}

/** The schema of a response; a provider may always add fields. */
export function response(
  properties: Record<string, Schema>,
  required: string[] = Object.keys(properties),
): Schema {
  return { type: 'object', required, properties };
}

/** The attributes of a case: each may be missing when it is opened, and callers may add others. */
export function known(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties };
}

export function text(title: string, more: Schema = {}): Schema {
  return { type: 'string', title, ...more };
}

export function oneOf(title: string, values: string[], more: Schema = {}): Schema {
  return { type: 'string', title, enum: values, ...more };
}

export function number(title: string, more: Schema = {}): Schema {
  return { type: 'number', title, ...more };
}

export function integer(title: string, more: Schema = {}): Schema {
  return { type: 'integer', title, ...more };
}

export const paymentId = text('Payment', {
  pattern: '^pay_[a-z0-9]+$',
  description: 'Starts with pay_.',
  examples: ['pay_7hq2x9kmtz'],
});
export const shipmentId = text('Shipment', {
  pattern: '^shp_[a-z0-9]+$',
  description: 'Starts with shp_.',
  examples: ['shp_4rw8n2cvbd'],
});
export const customerId = text('Customer', { pattern: '^cus_[a-z0-9]+$', description: 'Starts with cus_.' });
