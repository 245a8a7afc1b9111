import type { DescribeContext } from '../../tools/server/describe-connector.ts';

/** What reading and applying a document needs. */
export type ImportContext = DescribeContext;
