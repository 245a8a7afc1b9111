import { exceptionLabel } from '../../shared/exceptions/exception-number.ts';
import { mentionedByName } from '../../shared/exceptions/mentions.ts';
import type { Actor } from '../../shared/identity/roles.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import type { EvidenceContent, EvidencePack } from './evidence-pack.ts';
import { Html, html } from './html.ts';

const style = `
:root { color-scheme: light; }
body { font: 14px/1.5 system-ui, sans-serif; color: #1c1c1f; max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid #d9d9de; padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; } h4 { margin: .75rem 0 .25rem; }
p { margin: .25rem 0; } .muted { color: #5b5b66; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #ececf0; }
th { font-weight: 600; white-space: nowrap; } td:first-child { white-space: nowrap; }
pre { font: 12px/1.45 ui-monospace, monospace; background: #f5f5f7; padding: .6rem .75rem; border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
.hash { font: 12px ui-monospace, monospace; overflow-wrap: anywhere; }
section { break-inside: auto; } h2, h3, h4 { break-after: avoid; } pre, tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; } }
`;

/** Where the data of the page is in it. */
const dataOpening = '<script type="application/json" id="evidence">';
const dataClosing = '</script>';

/** The pack as a page that needs nothing else, and holds its own data. It runs no script. */
export function renderEvidence(pack: EvidencePack): string {
  const { content } = pack;
  const { exception } = content;
  const title = `${exceptionLabel(exception.number)} ${exception.title}`;
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence: ${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<p class="muted">Evidence of ${content.tenant.name}</p>
<h1>${title}</h1>
<p class="muted">Exported ${content.exportedAt} by ${nameOf(content.exportedBy)}. Secrets are replaced by a mark.</p>
${caseSection(content)}
${timelineSection(content)}
${executionsSection(content)}
${runsSection(content)}
${proofSection(pack)}
</body>
</html>
`.text
  }${dataOpening}${dataText(pack)}${dataClosing}\n`;
}

/** JSON that no HTML parser takes for markup. */
const dataText = (pack: EvidencePack): string => writeJson(pack).replaceAll('<', '\\u003c');

/** The data of a page of evidence; null when the text is no such page. */
export function dataOf(page: string): string | null {
  const from = page.lastIndexOf(dataOpening);
  const to = page.lastIndexOf(dataClosing);
  return from < 0 || to < from ? null : page.slice(from + dataOpening.length, to);
}

const nameOf = ({ type, name }: Actor): string => (type === 'user' ? name : `${name} (${words(type)})`);
const words = (text: string): string => text.replaceAll('_', ' ');
/** "ToolExecutionFailed" → "Tool execution failed". */
const eventWords = (type: string): string => {
  const [first = '', ...rest] = type.split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
};
const json = (value: unknown): Html =>
  html`<pre>${JSON.stringify(JSON.parse(writeJson(value)), null, 2)}</pre>`;

function facts(rows: readonly (readonly [string, string | number | Html | null])[]): Html {
  return html`<table><tbody>${rows.map(([name, value]) =>
    value === null || value === '' ? null : html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody></table>`;
}

function caseSection({ exception }: EvidenceContent): Html {
  const { resolution } = exception;
  return html`<section><h2>Case</h2>
${facts([
  ['Status', words(exception.status)],
  ['Severity', exception.severity],
  ['Domain', exception.domain],
  ['Opened', `${exception.createdAt} by ${nameOf(exception.createdBy)}`],
  ['Source', exception.source],
  ['Resolution', resolution && `${words(resolution.code)}, ${resolution.at}. ${resolution.note ?? ''}`],
])}
${exception.description && html`<h4>Description</h4><pre>${exception.description}</pre>`}
<h4>Attributes</h4>${json(exception.attributes)}</section>`;
}

function timelineSection({ timeline }: EvidenceContent): Html {
  return html`<section><h2>Timeline</h2><table><tbody>${timeline.map(
    (item) => html`<tr><td>${item.at}</td><td>${timelineText(item)}</td></tr>`,
  )}</tbody></table></section>`;
}

function timelineText(item: EvidenceContent['timeline'][number]): Html {
  switch (item.kind) {
    case 'event':
      return html`${eventWords(item.event.type)} · ${nameOf(item.event.actor)}`;
    case 'step':
      return html`${item.title}: ${eventWords(item.event.type)} · ${nameOf(item.event.actor)}`;
    case 'comment':
      // A pack of an earlier version has no mentions.
      return html`Comment · ${nameOf(item.comment.author)}<pre>${mentionedByName(item.comment.body, item.comment.mentions ?? [])}</pre>`;
    case 'tool_run':
      return html`Call of ${item.execution.toolTitle}: ${words(item.execution.status)} · ${nameOf(item.execution.actor)}`;
  }
}

function executionsSection({ executions }: EvidenceContent): Html {
  return html`<section><h2>Calls</h2>${executions.length === 0 && html`<p>None.</p>`}${executions.map(
    (execution) => html`<h3>${execution.toolTitle} · ${words(execution.status)}</h3>
${facts([
  ['Execution', execution.id],
  ['Tool', `${execution.toolName}, version ${execution.toolVersion}`],
  ['Requested', `${execution.createdAt} by ${nameOf(execution.actor)}`],
  ['Ended', execution.completedAt],
  ['Failure', execution.failure ? `${words(execution.failure.code)}: ${execution.failure.message}` : null],
  ['Policy', execution.policy && `${words(execution.policy.effect)}: ${execution.policy.reason}`],
])}
${execution.approval && approval(execution.approval)}
<h4>Input</h4>${json(execution.input)}
${execution.attempts.map(
  (attempt) => html`<h4>Attempt ${attempt.number}: ${attempt.status}, ${attempt.startedAt}</h4>
${attempt.request && json(attempt.request)}${attempt.response && json(attempt.response)}${
  attempt.error && html`<p>${attempt.error.message}</p>`
}`,
)}
${execution.output !== null && html`<h4>Output</h4>${json(execution.output)}`}`,
  )}</section>`;
}

function approval({
  status,
  reason,
  votes,
}: NonNullable<EvidenceContent['executions'][number]['approval']>): Html {
  return html`<h4>Approval: ${words(status)}</h4><p>${reason}</p>${voteList(votes)}`;
}

function voteList(votes: readonly { by: Actor; outcome: string; reason: string | null; at: string }[]): Html {
  return html`<ul>${votes.map(
    ({ by, outcome, reason, at }) =>
      html`<li>${nameOf(by)} ${words(outcome)}, ${at}${reason && html`: ${reason}`}</li>`,
  )}</ul>`;
}

function runsSection({ runs }: EvidenceContent): Html {
  return html`<section><h2>Playbooks</h2>${runs.length === 0 && html`<p>None.</p>`}${runs.map(
    (run) => html`<h3>${run.playbookTitle}, version ${run.playbookVersion} · ${words(run.status)}</h3>
<table><thead><tr><th>Step</th><th>Status</th><th>By</th><th>When</th></tr></thead><tbody>${run.steps.map(
      (step) =>
        html`<tr><td>${step.number}. ${step.title}</td><td>${words(step.outcome ?? step.status)}${
          step.reason && html`: ${step.reason}`
        }${step.approvals && voteList(step.approvals.given)}</td><td>${
          step.completedBy && nameOf(step.completedBy)
        }</td><td>${step.completedAt}</td></tr>`,
    )}</tbody></table>`,
  )}</section>`;
}

function proofSection({ audit }: EvidencePack): Html {
  return html`<section><h2>Proof</h2>
<p>Every event of this case is in the sealed audit trail of ${audit.length} lines that this file holds, and so is a digest of
everything above. Check it without Interlock’s server:</p>
<pre>npx interlock audit verify &lt;this file&gt;</pre>
<p>With the heads that the deployment has written elsewhere (--heads) or its public key (--public-key), the check does not
depend on anything in this file.</p></section>`;
}
