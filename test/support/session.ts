/** Builds stored sessions from a script, as a person would tell them. */
import type { Event, Redacted, Session, Span, ToolUse, Trust } from '../../src/core/sessions/session.ts';

/** Test texts hold no secrets: they count as redacted. */
export const redacted = (text: string): Redacted => text as Redacted;

type Step = readonly Omit<Event, 'n' | 'at'>[];

const span = (text: string, trust: Trust): Span => ({ text: redacted(text), trust });

export const person = (text: string, trust: Trust = 'person'): Step => [
  { kind: 'person', spans: [span(text, trust)] },
];
export const agent = (text: string): Step => [{ kind: 'agent', spans: [span(text, 'agent')] }];

function called(
  tool: Omit<ToolUse, 'name'> & { name: string },
  text: string,
  output: string,
  ok: boolean | undefined,
): Step {
  const use = { ...tool, name: redacted(tool.name) };
  return [
    { kind: 'tool_call', spans: [span(text, 'agent')], tool: use },
    { kind: 'tool_result', spans: [span(output, 'tool')], tool: use, ...(ok === undefined ? {} : { ok }) },
  ];
}

export const run = (command: string, output = '', ok = true): Step =>
  called({ name: 'Bash', action: 'shell', command: redacted(command) }, command, output, ok);
export const read = (path: string, output: string, ok = true): Step =>
  called({ name: 'Read', action: 'read', path: redacted(path) }, path, output, ok);
export const search = (query: string, output: string): Step =>
  called({ name: 'Grep', action: 'search', query: redacted(query) }, query, output, true);
export const edit = (path: string, before: string, after: string): Step =>
  called(
    { name: 'Edit', action: 'edit', path: redacted(path), replaced: redacted(before) },
    after,
    'ok',
    true,
  );

/** A person refuses a call, with words or without. */
export function refuse(command: string, words?: string): Step {
  const use: ToolUse = { name: redacted('Bash'), action: 'shell', command: redacted(command) };
  return [
    { kind: 'tool_call', spans: [span(command, 'agent')], tool: use },
    {
      kind: 'tool_result',
      spans: words === undefined ? [] : [span(words, 'person')],
      tool: use,
      ok: false,
      rejected: true,
    },
  ];
}

export interface SessionOptions {
  readonly id: string;
  /** Day of March 2026 on which it ran, from 9 o'clock; one event a minute. */
  readonly day: number;
  readonly by?: string;
  readonly branch?: string;
}

/** Calls and results are paired by an id of their own. */
export function session(options: SessionOptions, ...steps: readonly Step[]): Session {
  const start = Date.UTC(2026, 2, options.day, 9);
  let call = 0;
  const events = steps.flat().map((event, index): Event => {
    if (event.kind === 'tool_call') call += 1;
    const tool = event.tool === undefined ? undefined : { ...event.tool, call: redacted(`call-${call}`) };
    const at = new Date(start + index * 60_000).toISOString();
    return { ...event, n: index + 1, at, ...(tool === undefined ? {} : { tool }) };
  });
  const by = redacted(options.by ?? 'ada@example.com');
  return {
    id: redacted(options.id),
    agent: redacted('claude-code'),
    format: 'claude-code',
    startedAt: new Date(start).toISOString(),
    cwd: redacted('/home/ada/app'),
    branch: redacted(options.branch ?? `feature/${options.id}`),
    interactive: true,
    people: [by],
    submittedBy: by,
    events,
  };
}
