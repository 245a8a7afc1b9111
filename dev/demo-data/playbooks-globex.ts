import type { DemoPlaybook } from './demo-playbook.ts';
import { globex } from './people.ts';
import { number, object, oneOf, shipmentId, text } from './schema-parts.ts';

const shipment = '${{ exception.attributes.shipmentId }}';

/** What other playbooks run when a carrier has to pay. */
export const carrierClaim: DemoPlaybook = {
  owner: globex,
  versions: [
    {
      note: 'First version.',
      name: 'carrier_claim',
      title: 'Claim against a carrier',
      description:
        'Collect the papers and notify dispatch, who claim the value of the goods from the carrier.',
      inputSchema: object({ shipmentId, carrier: text('Carrier') }),
      steps: [
        {
          id: 'papers',
          type: 'manual',
          title: 'Collect the papers',
          instructions: 'Consignment note and invoice. Claims are accepted for 21 days.',
          form: object({ value: number('Value of the goods', { exclusiveMinimum: 0 }), note: text('Note') }, [
            'value',
          ]),
          due: 'P2D',
          reminder: 'PT8H',
        },
        {
          id: 'agree',
          type: 'approval',
          title: 'Approve the claim',
          when: '${{ steps.papers.output.value >= 1000 }}',
          assignee: { role: 'approver' },
          due: 'P1D',
        },
        {
          id: 'file',
          type: 'call_tool',
          title: 'Put it on the dispatchers’ board',
          tool: 'notify_dispatch',
          input: {
            shipmentId: '${{ input.shipmentId }}',
            message: 'Claim against ${{ input.carrier }}: ${{ steps.papers.output.value }} EUR.',
          },
        },
      ],
    },
  ],
};

export const stuckShipment: DemoPlaybook = {
  owner: globex,
  versions: [
    {
      note: 'First version.',
      name: 'stuck_shipment',
      title: 'Stuck shipment',
      description:
        'Nothing has been scanned for two days: track it, wait for the carrier’s update, then reroute or claim.',
      triggers: [{ domain: 'shipping' }],
      steps: [
        {
          id: 'lookup',
          type: 'call_tool',
          title: 'Track the shipment',
          instructions: 'Only reads the place of the last scan.',
          tool: 'track_shipment',
          input: { shipmentId: shipment },
          due: 'PT1H',
        },
        {
          id: 'carrier_word',
          type: 'wait',
          title: 'Wait for the carrier’s update',
          instructions:
            'The carrier sends an event. If none arrives within a day, the shipment counts as stuck.',
          event: 'carrier.update',
          match: 'event.shipmentId = exception.attributes.shipmentId',
          timeout: 'P1D',
        },
        {
          id: 'next',
          type: 'decision',
          title: 'What is its status?',
          choose:
            '${{ steps.carrier_word.output.status = "lost" ? "lost" : steps.carrier_word.output.status = "moving" ? "moving" : "stuck" }}',
          options: [
            {
              id: 'stuck',
              title: 'Stuck: reroute it',
              steps: [
                {
                  id: 'address',
                  type: 'manual',
                  title: 'Agree on an address',
                  instructions: 'Call the consignee. A depot near them is usually quickest.',
                  form: object({
                    line: text('Street and number'),
                    city: text('City'),
                    postalCode: text('Postal code'),
                    country: text('Country', { pattern: '^[A-Z]{2}$', description: 'Two capital letters.' }),
                  }),
                  due: 'PT4H',
                  reminder: 'PT1H',
                },
                {
                  id: 'rebook',
                  type: 'call_tool',
                  title: 'Reroute the shipment',
                  instructions: 'The carrier charges for it.',
                  tool: 'reroute_shipment',
                  input: {
                    shipmentId: shipment,
                    line: '${{ steps.address.output.line }}',
                    city: '${{ steps.address.output.city }}',
                    postalCode: '${{ steps.address.output.postalCode }}',
                    country: '${{ steps.address.output.country }}',
                  },
                  due: 'PT2H',
                },
              ],
            },
            {
              id: 'lost',
              title: 'Lost: claim it',
              steps: [
                {
                  id: 'claim',
                  type: 'playbook',
                  title: 'Claim against the carrier',
                  playbook: 'carrier_claim',
                  input: { shipmentId: shipment, carrier: '${{ exception.attributes.carrier }}' },
                },
              ],
            },
            { id: 'moving', title: 'Moving again' },
          ],
        },
        {
          id: 'tell_desk',
          type: 'notify',
          title: 'Tell the desk',
          to: { role: 'operator' },
          message: '${{ exception.attributes.shipmentId }}: ${{ steps.next.outcome }}.',
        },
        {
          id: 'consignee',
          type: 'manual',
          title: 'Tell the consignee',
          instructions: 'When it arrives, and where.',
          form: object({ channel: oneOf('Channel', ['phone', 'email']) }),
          due: 'PT8H',
          optional: true,
        },
      ],
    },
  ],
};
