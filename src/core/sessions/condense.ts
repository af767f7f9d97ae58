/** What of an event is kept on the ledger: words of people and agents, calls and errors; of other output its ends. */
import { excerpt } from './excerpt.ts';
import { isMemoryPath } from './memory-path.ts';
import type { Event, Redacted, Span, ToolUse } from './session.ts';

/** `ledger.detail` of the config. */
export type Detail = 'signals' | 'condensed' | 'full';

/** UTF-8 bytes of all texts of one event, at every detail. */
export const eventTextLimit = 32 * 1024;

const nothing = 0;

/** UTF-16 units, measured on real sessions so that what signals rest on survives (see test/core/sessions). */
const limits = {
  person: 16_000,
  pasted: 2_000,
  echo: 200,
  agent: 4_000,
  system: 400,
  failure: 2_400,
  output: {
    shell: 600,
    search: 400,
    task: 1_500,
    ask: 2_000,
    plan: 2_000,
    fetch: 300,
    read: 80,
    write: 80,
    edit: 80,
    other: 300,
  },
  edit: 700,
  memoryEdit: 16_000,
  argument: 400,
  command: 1_500,
} as const;

/** Lines of failed output that say why. */
const errors =
  /error|fail|fatal|panic|exception|traceback|cannot|could not|not found|no such|denied|undefined|unexpected|invalid|missing|mismatch|did you mean|exit (?:code|status)|✗|✖|×|\b\d+ (?:issues?|problems?)\b/i;
/** Lines of successful output that are worth more than their place in it. */
const telling =
  /did you mean|no (?:files|matches|results|tests)|\b\d+ (?:passed|failed|issues?|problems?|warnings?)\b|warning:|deprecated/i;

/** Prose that names a path, branch or address in quotes: memory may name it too, and this is how a change is noticed. */
const valueLine = /['"`](?<=\p{L}{3,} \p{L}{2,}[^'"`]{0,80}.)[\w@.-]+[/:][\w./:@-]+['"`]/u;

/**
 * An event as it is stored. Number, kind and outcome never change, so citations hold. Condensing twice is condensing once.
 * `condensed`: see the table of limits. `full`: only the limit on an event's text. `signals`: no text at all.
 */
export function condenseEvent(event: Event, detail: Detail): Event {
  if (detail === 'signals') return withoutText(event);
  const limited = detail === 'full' ? event : limitEach(event);
  return capTotal(limited);
}

function withoutText(event: Event): Event {
  const { tool, ...rest } = event;
  return { ...rest, spans: [], ...(tool && { tool: { name: tool.name, action: tool.action } }) };
}

function limitEach(event: Event): Event {
  const spans = event.spans.flatMap((span): readonly Span[] => {
    const limit = limitOf(span, event);
    // Where no more than a line is kept, looking for the right one would cost more than it gives.
    const matters = limit < 200 ? [] : [event.ok === false ? errors : telling, valueLine];
    const text = excerpt(span.text, limit, matters);
    return text === '' ? [] : [{ ...span, text }];
  });
  return { ...event, spans, ...(event.tool && { tool: limitTool(event.tool) }) };
}

/** Trust first: a person's words are kept wherever they stand, in the middle of a tool result too. */
function limitOf(span: Span, event: Event): number {
  if (span.trust === 'person' || span.trust === 'claimed') return limits.person;
  if (span.trust === 'pasted' || span.trust === 'echo') return limits[span.trust];
  if (event.kind === 'thinking') return nothing;
  if (event.kind === 'system') return limits.system;
  if (event.kind === 'tool_call') return limitOfArgument(event.tool);
  if (event.kind === 'tool_result') {
    return event.ok === false ? limits.failure : limits.output[event.tool?.action ?? 'other'];
  }
  return limits.agent;
}

function limitOfArgument(tool: ToolUse | undefined): number {
  if (tool?.action !== 'edit' && tool?.action !== 'write') return limits.argument;
  // What is written into memory is what a team wanted remembered.
  return tool.path !== undefined && isMemoryPath(tool.path) ? limits.memoryEdit : limits.edit;
}

function limitTool(tool: ToolUse): ToolUse {
  return mapTool(tool, {
    command: limits.command,
    replaced: limitOfArgument(tool),
    path: limits.argument,
    query: limits.argument,
    name: limits.argument,
    call: limits.argument,
  });
}

type ToolLimits = Readonly<Record<'command' | 'replaced' | 'path' | 'query' | 'name' | 'call', number>>;

function mapTool(tool: ToolUse, limit: ToolLimits): ToolUse {
  const { name, action, call, command, path, query, replaced } = tool;
  return {
    name: excerpt(name, limit.name),
    action,
    ...(call !== undefined && { call: excerpt(call, limit.call) }),
    ...(command !== undefined && { command: excerpt(command, limit.command) }),
    ...(path !== undefined && { path: excerpt(path, limit.path) }),
    ...(query !== undefined && { query: excerpt(query, limit.query) }),
    ...(replaced !== undefined && { replaced: excerpt(replaced, limit.replaced) }),
  };
}

/** Cuts the longest texts first until all texts of the event together fit. */
function capTotal(event: Event): Event {
  const texts = textsOf(event);
  if (texts.reduce((sum, text) => sum + text.length, 0) * 3 <= eventTextLimit) return event;
  if (bytesOf(texts) <= eventTextLimit) return event;
  let capped = event;
  // Each text gets at most an equal share of what is left; smaller shares until the whole fits, whatever the script.
  for (
    let share = eventTextLimit;
    share >= 1 && bytesOf(textsOf(capped)) > eventTextLimit;
    share = Math.floor(share * 0.7)
  ) {
    capped = limitTo(event, share);
  }
  return bytesOf(textsOf(capped)) <= eventTextLimit ? capped : withoutText(event);
}

function limitTo(event: Event, share: number): Event {
  const all: ToolLimits = {
    command: share,
    replaced: share,
    path: share,
    query: share,
    name: share,
    call: share,
  };
  return {
    ...event,
    spans: event.spans.map((span) => ({ ...span, text: excerpt(span.text, share) })),
    ...(event.tool && { tool: mapTool(event.tool, all) }),
  };
}

/** Every text of an event: what it says, and what its tool was given. */
export function textsOf({ spans, tool }: Event): readonly Redacted[] {
  const fields = tool ? [tool.name, tool.call, tool.command, tool.path, tool.query, tool.replaced] : [];
  return [...spans.map((span) => span.text), ...fields.filter((text) => text !== undefined)];
}

const utf8 = new TextEncoder();

/** Bytes in UTF-8; an event may have `eventTextLimit`. */
export function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + utf8.encode(text).length, 0);
}
