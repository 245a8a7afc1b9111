import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { demoCredentials } from './credentials.ts';
import { newId } from './ids.ts';

export const warehouseProtoFile = fileURLToPath(new URL('./warehouse.proto', import.meta.url));

interface Level {
  sku: string;
  available: number;
  reserved: number;
}

type Call<Request> = ServerUnaryCall<Request, object>;
type Respond = sendUnaryData<object>;

/** A gRPC service with a token; `take` gets connections that begin with HTTP/2. */
export function startWarehouse(): { take(socket: Socket): void; stop(): void } {
  const levels = new Map<string, Level>(
    [
      ['SKU-100', 42],
      ['SKU-200', 7],
      ['SKU-300', 0],
    ].map(([sku, available]) => [
      String(sku),
      { sku: String(sku), available: Number(available), reserved: 0 },
    ]),
  );
  const loaded = loadPackageDefinition(loadSync(warehouseProtoFile, { keepCase: true, longs: String }));
  const { Stock } = (loaded.warehouse as unknown as { v1: { Stock: ServiceClientConstructor } }).v1;
  const refusal = ({ metadata }: Pick<Call<unknown>, 'metadata'>) =>
    metadata.get('authorization')[0] === `Bearer ${demoCredentials.shippingToken}`
      ? null
      : { code: status.UNAUTHENTICATED, details: 'The token is missing or wrong.' };
  const unknown = (sku: string) => ({ code: status.NOT_FOUND, details: `No stock of ${sku}.` });
  const server = new Server();
  server.addService(Stock.service, {
    GetStock(call: Call<{ sku: string }>, respond: Respond) {
      const level = levels.get(call.request.sku);
      respond(refusal(call) ?? (level ? null : unknown(call.request.sku)), level);
    },
    Reserve(call: Call<{ sku: string; quantity: number }>, respond: Respond) {
      const { sku, quantity } = call.request;
      const level = levels.get(sku);
      const refused = refusal(call) ?? (level ? null : unknown(sku));
      if (refused || !level) return respond(refused);
      if (quantity < 1 || quantity > level.available)
        return respond({ code: status.FAILED_PRECONDITION, details: `${sku} has ${level.available} left.` });
      level.available -= quantity;
      level.reserved += quantity;
      respond(null, {
        reservation_id: newId('res'),
        stock: level,
        reserved_at: { seconds: String(Math.floor(Date.now() / 1000)) },
      });
    },
    CountShelves(call: ServerWritableStream<{ sku: string }, object>) {
      const level = levels.get(call.request.sku);
      const refused = refusal(call) ?? (level ? null : unknown(call.request.sku));
      if (refused || !level) return call.destroy(Object.assign(new Error(refused?.details), refused));
      const shelves = ['A1', 'A2', 'B7'];
      const share = Math.floor(level.available / shelves.length);
      for (const [index, shelf] of shelves.entries())
        call.write({ shelf, count: index === 0 ? level.available - share * (shelves.length - 1) : share });
      call.end();
    },
  });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return { take: (socket) => injector.injectConnection(socket), stop: () => server.forceShutdown() };
}
