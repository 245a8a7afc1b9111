import { cpus, totalmem } from 'node:os';
import type { BenchRow } from './bench-row.ts';

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;

const fixed = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : '–');

function aimOf({ aim, value }: BenchRow): [aim: string, judgement: string] {
  if (!aim) return ['', ''];
  const met = aim.op === '<=' ? value <= aim.value : value >= aim.value;
  return [`${aim.op === '<=' ? '≤' : '≥'} ${aim.value}`, met ? 'met' : 'not met'];
}

const tableRow = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function toTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)].join('\n');
}

/** The main table, and below it the details of each row that has some. */
export function rowsToMarkdown(rows: readonly BenchRow[]): string {
  const main = toTable(
    ['#', 'bench', 'measured', 'quartiles', 'aim', ''],
    rows.map((row) => [
      row.number,
      row.name,
      fixed(row.value),
      row.quartiles?.map(fixed).join(' to ') ?? '',
      ...aimOf(row),
    ]),
  );
  const details = rows.flatMap(({ number, name, table }) =>
    table ? [`### ${number}: ${name}\n\n${toTable(table.head, table.rows)}`] : [],
  );
  return [main, ...details].join('\n\n');
}

const [begin, end] = ['<!-- Written by hand, kept by the bench: -->', '<!-- End of what is kept. -->'];

/** @returns the part of a page that was written by hand, with its marks; empty marks when it has none */
export function handWritten(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  return from < 0 || to < from ? `${begin}\n\n${end}` : page.slice(from, to + end.length);
}

/** The page `docs/performance.md`. @param old the page as it was, of which the part written by hand stays */
export function toPage(rows: readonly BenchRow[], old: string, at: string): string {
  return `# Performance

Written by \`npm run bench\` on ${at} (${machine()}). Only the ratios carry over to other machines: everything is measured
in turns within one run, on the same PostgreSQL (durable) and the same tuned Temporal development server.

${rowsToMarkdown(rows)}

${handWritten(old)}
`;
}
