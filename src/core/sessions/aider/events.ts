/** What the blocks of an Aider run mean: prompts, answers with their edits, and what Aider reported. */
import { toolUse } from '../actions.ts';
import type { RawEvent, RawHeader } from '../format.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';
import { outcomeOf } from '../outcome.ts';
import type { Usage } from '../session.ts';

/** A prompt. Commands such as `/add file` are typed too. */
export function typedEvent(text: string): RawEvent {
  const turn = humanTurn(text);
  return { kind: turn.kind, spans: claimedSpans(turn.spans) };
}

/** The command line of `/run`, `/test` and `!`, whose output follows as a report. */
export function commandIn(prompt: string): string | undefined {
  return /^(?:\/(?:run|test)\s+|!\s*)(\S[^\n]*)$/.exec(prompt.trim())?.[1];
}

export function commandEvents(command: string, output: string, call: string): readonly RawEvent[] {
  const { tool, text } = toolUse('shell', { command }, call);
  const ok = outcomeOf({ text: output, command, action: 'shell' });
  return [
    { kind: 'tool_call', spans: [{ text, trust: 'claimed' }], tool },
    {
      kind: 'tool_result',
      spans: [{ text: output, trust: 'tool' }],
      tool: { name: tool.name, action: tool.action, call },
      ...(ok === undefined ? {} : { ok }),
    },
  ];
}

const editBlock =
  /^(?<path>[^\s`<>][^\n`]{0,300})\n```[\w+-]*\n<<<<<<< SEARCH\n(?<replaced>[\s\S]*?)^=======\n(?<text>[\s\S]*?)^>>>>>>> REPLACE\n?(?:```[ \t]*$)?/gm;

/** An answer, cut at its SEARCH/REPLACE blocks; each of those is an edit. `nextCall` names the next one. */
export function writtenEvents(text: string, nextCall: () => string): readonly RawEvent[] {
  const events: RawEvent[] = [];
  const say = (words: string): void => {
    if (words.trim() !== '') events.push({ kind: 'agent', spans: [{ text: words.trim(), trust: 'agent' }] });
  };
  let done = 0;
  for (const match of text.matchAll(editBlock)) {
    const { path = '', replaced = '', text: written = '' } = match.groups ?? {};
    say(text.slice(done, match.index));
    const used = toolUse(
      'edit',
      { path: path.trim(), old_string: replaced, new_string: written },
      nextCall(),
    );
    events.push({ kind: 'tool_call', spans: [{ text: written, trust: 'agent' }], tool: used.tool });
    done = match.index + match[0].length;
  }
  say(text.slice(done));
  return events;
}

/** The files Aider says it changed, and those whose edits did not apply. */
export function editOutcomes(report: string): readonly { readonly path: string; readonly ok: boolean }[] {
  return Array.from(
    report.matchAll(/^(Applied edit to|Skipped edits? to|Failed to apply edit to|Can't edit) (.+?)\s*$/gm),
  ).map(([, what, path = '']) => ({ path, ok: what === 'Applied edit to' }));
}

/** The header fields that Aider's start-up report tells. `--message` runs have nobody at the keyboard. */
export function headerIn(report: string): Partial<RawHeader> {
  const model = /^(?:Main m|M)odels?: (\S+)/m.exec(report)?.[1];
  const scripted = /\s(?:--message|--message-file|--msg|-m|-f|--yes-always|--exit)(?:[\s=]|$)/.test(
    /^(?:\S*\/)?aider(?: [^\n]*)?$/m.exec(report)?.[0] ?? '',
  );
  return { ...(model === undefined ? {} : { model }), ...(scripted ? { interactive: false } : {}) };
}

const tokens =
  /^Tokens: ([\d.,]+k?) sent,(?: [\d.,]+k? cache (?:write|hit),)* ([\d.,]+k?) received\.(?: Cost: \$([\d.]+) (?:request|message))?/gm;

/** Adds up the costs that a report tells; undefined when it tells none. */
export function usageIn(report: string, before: Usage | undefined): Usage | undefined {
  let usage = before;
  for (const [, sent, received, cost] of report.matchAll(tokens)) {
    const usd = (usage?.usd ?? 0) + Number(cost ?? 0);
    usage = {
      inputTokens: (usage?.inputTokens ?? 0) + count(sent),
      outputTokens: (usage?.outputTokens ?? 0) + count(received),
      ...(usd > 0 ? { usd } : {}),
    };
  }
  return usage;
}

/** `5,244` or `12k`. */
function count(text = '0'): number {
  const number = Number(text.replaceAll(',', '').replace('k', ''));
  return Number.isFinite(number) ? Math.round(number * (text.endsWith('k') ? 1000 : 1)) : 0;
}

/** A report without the lines that only count. */
export function withoutCounts(report: string): string {
  return report
    .split('\n')
    .filter((line) => !/^(?:Tokens: |Use \/help|Repo-map: |Aider v\d|Cost: )/.test(line))
    .join('\n')
    .trim();
}
