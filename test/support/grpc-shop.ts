import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Issued } from './certificates.ts';

/** The service of a shop, with every kind of field and of method. */
export const shopProto = `
syntax = "proto3";
package shop.v1;

import "google/protobuf/timestamp.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/struct.proto";

service Orders {
  rpc GetOrder(GetOrderRequest) returns (Order) { option idempotency_level = NO_SIDE_EFFECTS; }
  rpc PutOrder(Order) returns (Order) { option idempotency_level = IDEMPOTENT; }
  rpc PlaceOrder(Order) returns (Order);
  rpc WatchOrders(GetOrderRequest) returns (stream Order);
  rpc UploadOrders(stream Order) returns (Order);
}

message GetOrderRequest {
  string order_id = 1;
  optional int32 depth = 2;
}

message Order {
  string id = 1;
  int64 cents = 2;
  double weight = 3;
  State state = 4;
  map<string, string> labels = 5;
  bytes raw = 6;
  google.protobuf.Timestamp placed_at = 7;
  google.protobuf.Duration took = 8;
  repeated Line lines = 9;
  oneof how {
    string note = 10;
    string coupon = 11;
  }
  google.protobuf.Struct extra = 12;
  Order children = 13;

  message Line {
    string sku = 1;
    int32 count = 2;
  }

  enum State {
    STATE_UNKNOWN = 0;
    STATE_PAID = 1;
  }
}

message Unreached { string text = 1; }
`;

/** Of the service, as grpc-js reads it. */
export interface Order {
  id: string;
  cents: string;
  note?: string;
}

export interface ShopServer {
  hostPort: string;
  /** What each call brought. */
  received: { method: string; message: unknown; metadata: Record<string, unknown>; deadlineMs: number }[];
  close(): Promise<void>;
}

type Unary = ServerUnaryCall<{ order_id?: string; id?: string }, Partial<Order>>;
type Streaming = ServerWritableStream<{ order_id?: string }, Partial<Order>>;
type Respond = sendUnaryData<Partial<Order>>;

export interface ShopAnswers {
  get?: (call: Unary, respond: Respond) => void;
  place?: (call: Unary, respond: Respond) => void;
  watch?: (call: Streaming) => void;
}

/** The shop, served by gRPC's own implementation for Node. @param tls left out: none */
export async function serveShop(
  answers: ShopAnswers = {},
  tls?: { identity: Issued; clients?: string },
): Promise<ShopServer> {
  const file = join(mkdtempSync(join(tmpdir(), 'interlock-shop-')), 'shop.proto');
  writeFileSync(file, shopProto);
  const loaded = loadPackageDefinition(loadSync(file, { keepCase: true, longs: String, enums: String }));
  const { Orders } = (loaded.shop as unknown as { v1: { Orders: ServiceClientConstructor } }).v1;
  const received: ShopServer['received'] = [];
  const note = (
    method: string,
    call: { request: unknown; metadata: Metadata; getDeadline(): Date | number },
  ) =>
    received.push({
      method,
      message: call.request,
      metadata: call.metadata.getMap(),
      deadlineMs: Number(call.getDeadline()) - Date.now(),
    });
  const server = new Server();
  const echo = (call: Unary, respond: Respond) => respond(null, { ...call.request });
  server.addService(Orders.service, {
    GetOrder(call: Unary, respond: Respond) {
      note('GetOrder', call);
      (answers.get ?? ((_call, done) => done(null, { id: call.request.order_id, cents: '1990' })))(
        call,
        respond,
      );
    },
    PutOrder: echo,
    PlaceOrder(call: Unary, respond: Respond) {
      note('PlaceOrder', call);
      (answers.place ?? echo)(call, respond);
    },
    WatchOrders(call: Streaming) {
      note('WatchOrders', call);
      if (answers.watch) return answers.watch(call);
      for (const id of ['a', 'b', 'c']) call.write({ id });
      call.end();
    },
    UploadOrders: (_call: unknown, respond: Respond) => respond({ code: status.UNIMPLEMENTED }),
  });
  const credentials = tls
    ? ServerCredentials.createSsl(
        tls.clients === undefined ? null : Buffer.from(tls.clients),
        [
          {
            cert_chain: Buffer.from(tls.identity.certificate),
            private_key: Buffer.from(tls.identity.privateKey),
          },
        ],
        tls.clients !== undefined,
      )
    : ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return {
    hostPort: `127.0.0.1:${port}`,
    received,
    close: async () => server.forceShutdown(),
  };
}
