import type { DemoPlaybook } from './demo-playbook.ts';
import { object, text } from './schema-parts.ts';

const service = '${{ exception.attributes.service }}';

/** The same at both desks: check, decide, repair and inform people in parallel, watch, close. */
export const serviceAlert: DemoPlaybook['versions'][number] = {
  note: 'First version, from the incident review of October.',
  name: 'service_alert',
  title: 'Service alert',
  description:
    'A probe has raised an alarm: find out whether it is real, restart the service, and inform the people who wait.',
  triggers: [{ domain: 'monitoring' }],
  resolves: true,
  steps: [
    {
      id: 'look',
      type: 'call_tool',
      title: 'Check the status of the service',
      instructions: 'Only reads. The alarm may be minutes old; this result is current.',
      tool: 'service_status',
      input: { service },
      due: 'PT10M',
    },
    {
      id: 'triage',
      type: 'decision',
      title: 'Is it real?',
      instructions: 'Above 0.2 for ten minutes is real; a single spike after a release is not.',
      due: 'PT15M',
      reminder: 'PT5M',
      escalation: [{ after: 'PT15M', to: { role: 'tenant_admin' } }],
      options: [
        {
          id: 'real',
          title: 'Real: restart it and inform people',
          steps: [
            {
              id: 'respond',
              type: 'parallel',
              title: 'Repair and inform',
              branches: [
                {
                  id: 'mend',
                  title: 'Repair it',
                  steps: [
                    {
                      id: 'restart',
                      type: 'call_tool',
                      title: 'Restart the service',
                      instructions:
                        'Work in progress there is lost. Restart it once; if that does not help, call the team.',
                      tool: 'restart_service',
                      input: { service },
                      probe: {
                        tool: 'service_status',
                        input: { service },
                        happened: 'output.status = "up"',
                      },
                    },
                  ],
                },
                {
                  id: 'people',
                  title: 'Inform people',
                  steps: [
                    {
                      id: 'status_page',
                      type: 'manual',
                      title: 'Write on the status page',
                      instructions: 'Two sentences: what does not work, and when the next update comes.',
                      form: object({ message: text('What it says', { minLength: 10, maxLength: 500 }) }),
                      due: 'PT20M',
                    },
                  ],
                },
              ],
            },
          ],
        },
        { id: 'spike', title: 'A spike: only watch it' },
        { id: 'false_alarm', title: 'False alarm: nothing to do', end: true },
      ],
    },
    {
      id: 'settle',
      type: 'wait',
      title: 'Watch it for half an hour',
      instructions: 'Continues by itself after half an hour without another alarm.',
      for: 'PT30M',
    },
    {
      id: 'tell',
      type: 'notify',
      title: 'Tell the desk',
      to: { role: 'operator' },
      message: '${{ exception.attributes.service }} has run without an alarm for half an hour.',
    },
  ],
};
