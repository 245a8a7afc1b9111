import type { DemoTool } from './demo-tool.ts';
import { acme } from './people.ts';
import { number, object, oneOf, response, text } from './schema-parts.ts';

const workOutFee = `// What a merchant pays for a payment, in cents, so that nothing is lost by rounding.
const rates = {
  card: { percent: 1.4, fixed: 25 },
  transfer: { percent: 0.5, fixed: 0 },
};

function main({ amount, method }) {
  const { percent, fixed } = rates[method];
  const cents = Math.round(amount * 100);
  const fee = Math.round((cents * percent) / 100) + fixed;
  console.log('Rate:', percent + ' % and', fixed, 'cents');
  return { fee: fee / 100, net: (cents - fee) / 100 };
}
`;

const parseStatementLine = `import re
from datetime import datetime

# 18.11.2026 SEPA CREDIT 1.250,00 EUR INV-2041 MUELLER GMBH
LINE = re.compile(
    r'(?P<day>\\d{2}\\.\\d{2}\\.\\d{4}) (?P<kind>[A-Z ]+?) (?P<amount>-?[\\d.]+,\\d{2}) '
    r'(?P<currency>[A-Z]{3}) (?P<reference>\\S+) (?P<party>.+)'
)


def main(input):
    found = LINE.fullmatch(input['line'].strip())
    if not found:
        raise ValueError('This is no line of a bank statement')
    return {
        'bookedOn': datetime.strptime(found['day'], '%d.%m.%Y').date().isoformat(),
        'kind': found['kind'],
        'amount': float(found['amount'].replace('.', '').replace(',', '.')),
        'currency': found['currency'],
        'reference': found['reference'],
        'party': found['party'].title(),
    }
`;

/** What is worked out instead of asked for. */
export const codeTools: DemoTool[] = [
  {
    owner: acme,
    versions: [
      {
        type: 'code',
        name: 'work_out_fee',
        title: 'Work out the fee',
        description: 'What a merchant pays for a payment, and what is left of it.',
        category: 'payments',
        tags: ['calculation'],
        inputSchema: object({
          amount: number('Amount', { exclusiveMinimum: 0, examples: [120.5] }),
          method: oneOf('Method', ['card', 'transfer']),
        }),
        outputSchema: response({ fee: number('Fee'), net: number('Net') }),
        config: { language: 'javascript', source: workOutFee },
      },
    ],
  },
  {
    owner: acme,
    versions: [
      {
        type: 'code',
        name: 'parse_statement_line',
        title: 'Read a bank statement line',
        description: 'Day, amount, reference and other party of one line of an account statement.',
        category: 'payouts',
        tags: ['calculation'],
        inputSchema: object({
          line: text('Line', {
            examples: ['18.11.2026 SEPA CREDIT 1.250,00 EUR INV-2041 MUELLER GMBH'],
          }),
        }),
        outputSchema: response({ bookedOn: text('Booked on'), amount: number('Amount') }),
        config: { language: 'python', source: parseStatementLine },
      },
    ],
  },
];
