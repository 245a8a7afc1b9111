import { create, createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_any,
  file_google_protobuf_duration,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import type { JsonValue } from '../../../../platform/json.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import { shownMessage } from './messages.ts';

interface GrpcStatus {
  name: string;
  /** The status that HTTP has for the same (google.rpc.Code), which the rules of retries read. */
  httpStatus: number;
  /** May succeed later. */
  transient: boolean;
}

/** By their numbers. */
const statuses: readonly GrpcStatus[] = [
  { name: 'OK', httpStatus: 200, transient: false },
  { name: 'CANCELLED', httpStatus: 499, transient: true },
  { name: 'UNKNOWN', httpStatus: 500, transient: true },
  { name: 'INVALID_ARGUMENT', httpStatus: 400, transient: false },
  { name: 'DEADLINE_EXCEEDED', httpStatus: 504, transient: true },
  { name: 'NOT_FOUND', httpStatus: 404, transient: false },
  { name: 'ALREADY_EXISTS', httpStatus: 409, transient: false },
  { name: 'PERMISSION_DENIED', httpStatus: 403, transient: false },
  { name: 'RESOURCE_EXHAUSTED', httpStatus: 429, transient: true },
  { name: 'FAILED_PRECONDITION', httpStatus: 400, transient: false },
  { name: 'ABORTED', httpStatus: 409, transient: true },
  { name: 'OUT_OF_RANGE', httpStatus: 400, transient: false },
  { name: 'UNIMPLEMENTED', httpStatus: 501, transient: false },
  { name: 'INTERNAL', httpStatus: 500, transient: true },
  { name: 'UNAVAILABLE', httpStatus: 503, transient: true },
  { name: 'DATA_LOSS', httpStatus: 500, transient: false },
  { name: 'UNAUTHENTICATED', httpStatus: 401, transient: false },
];

export const statusOf = (code: number): GrpcStatus => statuses[code] ?? statuses[2]!;

const text = (name: string, number: number) => ({
  name,
  number,
  jsonName: name,
  type: Type.STRING,
  label: Label.OPTIONAL,
});
const many = (name: string, number: number, typeName: string) => ({
  name,
  number,
  jsonName: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  type: Type.MESSAGE,
  typeName,
  label: Label.REPEATED,
});
const one = (name: string, number: number, typeName: string) => ({
  ...many(name, number, typeName),
  label: Label.OPTIONAL,
});

/** google/rpc/status.proto and what error_details.proto has for callers; other details show their type. */
const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      file_google_protobuf_any.proto,
      file_google_protobuf_duration.proto,
      create(FileDescriptorProtoSchema, {
        name: 'google/rpc/status.proto',
        package: 'google.rpc',
        syntax: 'proto3',
        dependency: ['google/protobuf/any.proto', 'google/protobuf/duration.proto'],
        messageType: [
          {
            name: 'Status',
            field: [
              { name: 'code', number: 1, jsonName: 'code', type: Type.INT32, label: Label.OPTIONAL },
              text('message', 2),
              many('details', 3, '.google.protobuf.Any'),
            ],
          },
          { name: 'RetryInfo', field: [one('retry_delay', 1, '.google.protobuf.Duration')] },
          {
            name: 'ErrorInfo',
            field: [
              text('reason', 1),
              text('domain', 2),
              many('metadata', 3, '.google.rpc.ErrorInfo.MetadataEntry'),
            ],
            nestedType: [
              {
                name: 'MetadataEntry',
                options: { mapEntry: true },
                field: [text('key', 1), text('value', 2)],
              },
            ],
          },
          {
            name: 'BadRequest',
            field: [many('field_violations', 1, '.google.rpc.BadRequest.FieldViolation')],
            nestedType: [{ name: 'FieldViolation', field: [text('field', 1), text('description', 2)] }],
          },
          {
            name: 'QuotaFailure',
            field: [many('violations', 1, '.google.rpc.QuotaFailure.Violation')],
            nestedType: [{ name: 'Violation', field: [text('subject', 1), text('description', 2)] }],
          },
          {
            name: 'PreconditionFailure',
            field: [many('violations', 1, '.google.rpc.PreconditionFailure.Violation')],
            nestedType: [
              { name: 'Violation', field: [text('type', 1), text('subject', 2), text('description', 3)] },
            ],
          },
          {
            name: 'ResourceInfo',
            field: [
              text('resource_type', 1),
              text('resource_name', 2),
              text('owner', 3),
              text('description', 4),
            ].map((field) => ({
              ...field,
              jsonName: field.name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
            })),
          },
          { name: 'LocalizedMessage', field: [text('locale', 1), text('message', 2)] },
          {
            name: 'RequestInfo',
            field: [
              { ...text('request_id', 1), jsonName: 'requestId' },
              { ...text('serving_data', 2), jsonName: 'servingData' },
            ],
          },
        ],
      }),
    ],
  }),
);
const statusMessage = registry.getMessage('google.rpc.Status')!;

/** What `grpc-status-details-bin` holds: a list of details, or null. */
export function detailsOf(bytes: Buffer | null): JsonValue[] | null {
  if (!bytes || bytes.length > 65_536) return null;
  try {
    const shown = shownMessage(statusMessage, fromBinary(statusMessage, bytes), registry);
    const details = isObject(shown) ? shown.details : null;
    return Array.isArray(details) ? (details as JsonValue[]) : null;
  } catch {
    return null;
  }
}

/** What `google.rpc.RetryInfo` asks for. */
export function retryDelayOf(details: JsonValue[] | null): number | null {
  for (const detail of details ?? []) {
    if (!isObject(detail) || typeof detail.retryDelay !== 'string') continue;
    const seconds = /^(\d{1,6}(?:\.\d+)?)s$/.exec(detail.retryDelay)?.[1];
    if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  }
  return null;
}
