/**
 * Tells what a person typed from what Codex itself put into the user's role. Both come as items of role `user`; only what was
 * typed is also announced by a `user_message` event, just before its item or just after it.
 */
import type { RawEvent } from '../format.ts';
import type { HumanTurn } from '../human-text.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';
import type { Span } from '../session.ts';

/** Who writes into the user's role of this thread: a person at a keyboard, a script, or the agent that spawned it. */
export type Prompter = 'person' | 'script' | 'agent';

export interface PromptReader {
  /** An item of role `user`. @param parts its text parts */
  item(parts: readonly string[], at: string | undefined): readonly RawEvent[];
  /** A `user_message` event. */
  announced(message: string, at: string | undefined): readonly RawEvent[];
  /** The agent went on, or the file ends: whatever waits for its counterpart will not get it. */
  flush(): readonly RawEvent[];
}

interface Waiting {
  readonly parts: readonly string[];
  readonly at: string | undefined;
}

export function createPromptReader(prompter: Prompter): PromptReader {
  let items: readonly Waiting[] = [];
  let announcements: readonly Waiting[] = [];

  function flushItems(): readonly RawEvent[] {
    const flushed = items.flatMap((item) => unannounced(item, prompter));
    items = [];
    return flushed;
  }

  return {
    item(parts, at) {
      const announced = announcements.find((waiting) => sameText(parts, waiting.parts[0] ?? ''));
      if (announced === undefined) {
        items = [...items, { parts, at }];
        return [];
      }
      announcements = announcements.filter((waiting) => waiting !== announced);
      return [...flushItems(), prompt(announced.parts[0] ?? '', prompter, at ?? announced.at)];
    },
    announced(message, at) {
      const item = items.find((waiting) => sameText(waiting.parts, message));
      if (item === undefined) {
        announcements = [...announcements, { parts: [message], at }];
        return [];
      }
      items = items.filter((waiting) => waiting !== item);
      return [...flushItems(), prompt(message, prompter, item.at ?? at)];
    },
    flush() {
      const flushed = [
        ...flushItems(),
        ...announcements.map(({ parts, at }) => prompt(parts[0] ?? '', prompter, at)),
      ];
      announcements = [];
      return flushed;
    },
  };
}

function sameText(parts: readonly string[], message: string): boolean {
  const folded = fold(message);
  return fold(parts.join(' ')) === folded || parts.some((part) => fold(part) === folded);
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Never announced: put there by Codex when it looks so; else somebody's words, but nothing proves whose. */
function unannounced({ parts, at }: Waiting, prompter: Prompter): readonly RawEvent[] {
  return parts.map((text) => {
    const trust = injectedAs(text);
    if (trust !== undefined) return { ...when(at), kind: 'system', spans: [{ text, trust }] };
    return prompt(text, prompter === 'person' ? 'script' : prompter, at);
  });
}

function prompt(text: string, prompter: Prompter, at: string | undefined): RawEvent {
  const { kind, spans } = promptTurn(text);
  if (kind !== 'person') return { ...when(at), kind, spans };
  if (prompter === 'agent') return { ...when(at), kind: 'agent', spans: [{ text, trust: 'agent' }] };
  return { ...when(at), kind, spans: prompter === 'person' ? spans : claimedSpans(spans) };
}

const ideRequest = /^#+ My request for Codex:\s*/m;

/** An editor writes open files and tabs before what was typed. */
function promptTurn(text: string): HumanTurn {
  const request = ideRequest.exec(text);
  if (request === null) return humanTurn(text);
  const start = request.index + request[0].length;
  const { kind, spans } = humanTurn(text.slice(start));
  return { kind, spans: [{ text: text.slice(0, start), trust: 'pasted' }, ...spans] };
}

/** Text that is one tag from end to end, or the summary of a compacted thread; instructions loaded are memory read back. */
function injectedAs(text: string): Span['trust'] | undefined {
  const whole = text.trim();
  if (whole.startsWith('# AGENTS.md instructions')) return 'echo';
  if (whole.startsWith('Another language model started to solve this problem')) return 'agent';
  const tag = /^<([a-z][\w -]*)>/i.exec(whole)?.[1];
  if (tag === undefined || !whole.endsWith(`</${tag}>`)) return undefined;
  return tag === 'user_shell_command' ? 'tool' : 'echo';
}

function when(at: string | undefined): { readonly at?: string } {
  return at === undefined ? {} : { at };
}
