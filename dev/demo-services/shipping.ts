import { guarded, requireBasic, requireShippingToken } from './access.ts';
import {
  byId,
  type Context,
  objectBody,
  ok,
  type Reply,
  ReplyError,
  type Route,
  route,
  textField,
} from './http.ts';
import { newId } from './ids.ts';
import type { OAuthServer } from './oauth.ts';
import type { DemoState, Shipment } from './records.ts';
import type { StateStore } from './state.ts';

/** Shipments of a freight forwarder, the carriers behind it, and its warehouse. */
export function shippingRoutes(store: StateStore, oauth: OAuthServer): Route[] {
  const withToken = guarded(requireShippingToken);
  const find = ({ params }: Context) => byId(store.state.shipments, params.id, 'shipment');
  const changing = (change: (shipment: Shipment, context: Context) => Reply) =>
    withToken((context) => {
      const reply = change(find(context), context);
      store.save();
      return reply;
    });
  return [
    route(
      'GET',
      '/v1/shipments',
      withToken(({ query }) => ok(listShipments(store.state, query))),
    ),
    route(
      'GET',
      '/v1/shipments/:id',
      withToken((context) => ok(find(context))),
    ),
    route(
      'HEAD',
      '/v1/shipments/:id',
      withToken((context) => ({ status: 200, headers: { 'x-status': find(context).status } })),
    ),
    route(
      'GET',
      '/v1/shipments/:id/track',
      withToken((context) => ok(track(find(context)))),
    ),
    route('POST', '/v1/shipments/:id/reroute', changing(reroute)),
    route('PUT', '/v1/shipments/:id/hold', changing(hold)),
    route('PUT', '/v1/shipments/:id/release', changing(release)),
    route('POST', '/v1/shipments/:id/labels', changing(createLabel)),
    route(
      'GET',
      '/v1/shipments/:id/labels/:labelId',
      withToken((context) => labelFile(find(context), context)),
    ),
    route('DELETE', '/v1/shipments/:id/labels/:labelId', changing(voidLabel)),
    route('GET', '/v1/carrier/quotes', (context) => {
      oauth.requireScope(context, 'quotes:read');
      return quote(context);
    }),
    route('POST', '/v1/carrier/pickups', (context) => {
      oauth.requireScope(context, 'pickups:write');
      return pickup(store, context);
    }),
    route('GET', '/v1/warehouse/stock/:sku', (context) => {
      requireBasic(context);
      const item = store.state.stock[context.params.sku ?? ''];
      if (!item) throw new ReplyError(404, 'not_found', `No item with the SKU ${context.params.sku}.`);
      return ok(item);
    }),
  ];
}

function listShipments(state: DemoState, query: URLSearchParams) {
  const status = query.get('status');
  const found = state.shipments.filter((shipment) => !status || shipment.status === status);
  return { items: found, total: found.length };
}

function track(shipment: Shipment) {
  return {
    shipmentId: shipment.id,
    reference: shipment.reference,
    carrier: shipment.carrier,
    status: shipment.status,
    destination: `${shipment.destination.city}, ${shipment.destination.country}`,
    lastEvent: shipment.events.at(-1) ?? null,
    events: shipment.events,
  };
}

function reroute(shipment: Shipment, context: Context): Reply {
  if (shipment.status === 'delivered' || shipment.status === 'lost') {
    throw new ReplyError(
      422,
      'not_reroutable',
      `${shipment.id} is ${shipment.status} and cannot be rerouted.`,
    );
  }
  const body = objectBody(context);
  const destination = {
    line: textField(body, 'line'),
    city: textField(body, 'city'),
    postalCode: textField(body, 'postalCode'),
    country: textField(body, 'country'),
  };
  if (!/^[A-Z]{2}$/.test(destination.country))
    throw new ReplyError(422, 'invalid_country', 'country must be two capital letters.');
  shipment.destination = destination;
  shipment.events.push({ at: new Date().toISOString(), place: destination.city, what: 'Rerouted' });
  return ok({
    shipmentId: shipment.id,
    status: shipment.status,
    destination,
    surcharge: { amount: 18.5, currency: 'EUR' },
  });
}

function hold(shipment: Shipment, context: Context): Reply {
  if (shipment.status === 'delivered') throw new ReplyError(422, 'delivered', `${shipment.id} is delivered.`);
  const body = objectBody(context);
  const reason = textField(body, 'reason');
  if (shipment.status !== 'held')
    shipment.events.push({
      at: new Date().toISOString(),
      place: shipment.destination.city,
      what: `Held: ${reason}`,
    });
  shipment.status = 'held';
  return ok({ shipmentId: shipment.id, status: shipment.status });
}

function release(shipment: Shipment): Reply {
  if (shipment.status === 'held') {
    shipment.status = 'in_transit';
    const { city: place } = shipment.destination;
    shipment.events.push({ at: new Date().toISOString(), place, what: 'Released' });
  }
  return ok({ shipmentId: shipment.id, status: shipment.status });
}

function createLabel(shipment: Shipment, context: Context): Reply {
  const body = context.body === undefined ? {} : objectBody(context);
  const format = body.format ?? 'pdf';
  if (format !== 'pdf' && format !== 'zpl')
    throw new ReplyError(422, 'invalid_format', 'format must be pdf or zpl.');
  const label = {
    labelId: newId('lbl'),
    format,
    createdAt: new Date().toISOString(),
    voided: false,
  } as const;
  shipment.labels.push({ ...label });
  return { status: 201, body: { ...label, url: `/v1/shipments/${shipment.id}/labels/${label.labelId}` } };
}

function labelFile(shipment: Shipment, context: Context): Reply {
  const label = findLabel(shipment, context);
  if (label.voided) throw new ReplyError(410, 'voided', `${label.labelId} was voided.`);
  if (label.format === 'zpl') {
    const lines = ['^XA', `^FO50,50^A0N,40,40^FD${shipment.reference}^FS`, '^XZ'];
    return { status: 200, body: lines.join('\n'), headers: { 'content-type': 'text/plain; charset=utf-8' } };
  }
  return {
    status: 200,
    body: Buffer.from(`%PDF-1.4\n% ${shipment.reference}\n%%EOF\n`),
    headers: { 'content-type': 'application/pdf' },
  };
}

function voidLabel(shipment: Shipment, context: Context): Reply {
  findLabel(shipment, context).voided = true;
  return { status: 204 };
}

function findLabel(shipment: Shipment, { params }: Context) {
  const label = shipment.labels.find((each) => each.labelId === params.labelId);
  if (!label) throw new ReplyError(404, 'not_found', `No label with the ID ${params.labelId}.`);
  return label;
}

function quote({ query }: Context): Reply {
  const [from, to] = [query.get('from'), query.get('to')];
  const weightKg = Number(query.get('weightKg'));
  if (!from || !to) throw new ReplyError(422, 'invalid_route', 'from and to are required.');
  if (!(weightKg > 0 && weightKg <= 24_000))
    throw new ReplyError(422, 'invalid_weight', 'weightKg must be above 0 and at most 24000.');
  const quotes = [
    { carrier: 'NordCargo', days: 2, factor: 0.42 },
    { carrier: 'RailLink', days: 4, factor: 0.27 },
    { carrier: 'Atlantic Parcel', days: 1, factor: 0.71 },
  ].map(({ carrier, days, factor }) => ({
    carrier,
    days,
    price: Math.round((38 + weightKg * factor) * 100) / 100,
    currency: 'EUR',
  }));
  return ok({ from, to, weightKg, quotes, validUntil: new Date(Date.now() + 3_600_000).toISOString() });
}

function pickup(store: StateStore, context: Context): Reply {
  const body = objectBody(context);
  const parcels = body.parcels;
  if (typeof parcels !== 'number' || !Number.isInteger(parcels) || parcels < 1)
    throw new ReplyError(422, 'invalid_parcels', 'parcels must be a whole number above 0.');
  const booked = {
    pickupId: newId('pck'),
    city: textField(body, 'city'),
    date: textField(body, 'date'),
    parcels,
  };
  store.state.pickups.push(booked);
  store.save();
  return { status: 201, body: booked };
}
