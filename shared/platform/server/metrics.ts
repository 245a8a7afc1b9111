import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the features of this process count, in the format of Prometheus. Labels are few and bounded: no tenant, no host. */
export const processMetrics = new Registry();

export const counter = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> => new Counter({ name, help, labelNames, registers: [processMetrics] });

/** A number that goes up and down with what this process does. */
export const level = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Gauge<Label> => new Gauge({ name, help, labelNames, registers: [processMetrics] });

/** @param buckets upper bounds, in seconds */
export const histogram = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: number[],
): Histogram<Label> => new Histogram({ name, help, labelNames, buckets, registers: [processMetrics] });

/** A number of a collector: one, or one for each combination of labels. */
export type Reading = number | { labels: Record<string, string>; value: number }[];

/**
 * Numbers that are read when someone asks, together: a statement, or what a part of this process holds. A feature offers its
 * own in `api/collectors.ts`.
 */
export interface Collector<Name extends string = string> {
  /** Named by `interlock_up`, which is 0 while `read` fails. Left out: nothing else depends on it. */
  part?: string;
  gauges: Record<Name, { help: string; labels?: readonly string[] }>;
  /** At most once in five seconds, however often someone asks. A number that it leaves out is not known. */
  read(): Promise<Partial<Record<Name, Reading>>>;
}

/** Keeps the names of the gauges and of what is read the same. */
export const collector = <Name extends string>(made: Collector<Name>): Collector<Name> => made;
