import { object, oneOf, text } from './form-parts.ts';
import type { PlaybookTemplate } from './template.ts';

export const stuckShipment: PlaybookTemplate = {
  id: 'stuck-shipment',
  toolStep: 'ask_carrier',
  document: {
    name: 'stuck_shipment',
    title: 'Stuck shipment',
    description:
      'A shipment does not move: ask the carrier, give it a day, then decide whether to wait, send again or refund.',
    inputSchema: object({ shipment: text('Shipment', { description: 'Its tracking number.' }) }, [
      'shipment',
    ]),
    steps: [
      {
        id: 'find',
        type: 'manual',
        title: 'Find out where it is',
        instructions: 'Look at the last scan. Is the address complete?',
        form: object(
          {
            place: oneOf('Where it is', ['warehouse', 'carrier', 'customs', 'unknown']),
            note: text('Note'),
          },
          ['place'],
        ),
        due: 'PT4H',
      },
      {
        id: 'ask_carrier',
        type: 'manual',
        title: 'Ask the carrier',
        instructions: 'Open an inquiry and write down its number.',
        due: 'PT4H',
      },
      { id: 'give_time', type: 'wait', title: 'Give the carrier a day', for: 'P1D' },
      {
        id: 'decide',
        type: 'decision',
        title: 'What happens now?',
        due: 'P1D',
        options: [
          { id: 'arrived', title: 'It moves again', end: true },
          {
            id: 'send_again',
            title: 'Send it again',
            steps: [
              {
                id: 'approve_again',
                type: 'approval',
                title: 'Approve a second shipment',
                instructions: 'The first one may still arrive.',
                due: 'P1D',
              },
              { id: 'new_shipment', type: 'manual', title: 'Send the order again', due: 'P1D' },
            ],
          },
          {
            id: 'refund',
            title: 'Give the money back',
            steps: [
              { id: 'approve_refund', type: 'approval', title: 'Approve the refund', due: 'P1D' },
              { id: 'refund_order', type: 'manual', title: 'Refund the order', due: 'P1D' },
            ],
          },
        ],
      },
      {
        id: 'tell_customer',
        type: 'manual',
        title: 'Tell the customer',
        instructions: 'Say what happens next and when.',
        due: 'P1D',
      },
    ],
  },
};
