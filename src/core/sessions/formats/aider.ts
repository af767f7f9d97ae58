/**
 * Aider's `.aider.chat.history.md`: one file per repository, each run a session. Times have no zone and are taken as
 * UTC; Markdown proves nobody's words, so prompts are `claimed`.
 */
import { sha256Hex } from '../../text/sha256.ts';
import {
  commandEvents,
  commandIn,
  editOutcomes,
  headerIn,
  typedEvent,
  usageIn,
  withoutCounts,
  writtenEvents,
} from '../aider/events.ts';
import { aiderBlocks, type Block } from '../aider/lines.ts';
import {
  UnusableTranscriptError,
  type Format,
  type Parsed,
  type RawEvent,
  type RawHeader,
  type Source,
} from '../format.ts';
import type { Usage } from '../session.ts';
import { zonedTime } from '../zoned-time.ts';

export const aider: Format = {
  name: 'aider',
  about: "Aider's .aider.chat.history.md, each run a session; its local times are read as UTC",
  detect(head, path) {
    if (/^# aider chat started at \d{4}-/m.test(head)) return 2;
    const named = /(?:^|\/)\.?aider\.chat\.history[^/]*\.md$/.test(path);
    return named && /^(?:#### |> )/m.test(head) ? 1 : 0;
  },
  async *parse(source) {
    let found = false;
    for await (const parsed of runs(source)) {
      found = true;
      yield parsed;
    }
    if (!found) throw new UnusableTranscriptError('an Aider history in which nobody said anything');
  },
};

async function* runs(source: Source): AsyncGenerator<Parsed> {
  // Text before the first heading is the rest of a run whose beginning was cut off.
  let run = newRun(undefined);
  for await (const block of aiderBlocks(source.lines())) {
    if (block.type === 'run') {
      yield* run.end();
      run = newRun(block.startedAt);
    } else yield* run.take(block);
  }
  yield* run.end();
}

interface Run {
  take(block: Exclude<Block, { type: 'run' }>): readonly Parsed[];
  end(): readonly Parsed[];
}

/** One run: nothing goes out before its first prompt, which its id is made of. A run without a prompt is no session. */
function newRun(startedAt: string | undefined): Run {
  let id: string | undefined;
  let header: Partial<RawHeader> = {};
  let usage: Usage | undefined;
  let held: RawEvent[] = [];
  let command: string | undefined;
  let calls = 0;
  let open: { readonly path: string; readonly call: string }[] = [];

  const report = (text: string): readonly RawEvent[] => {
    header = { ...header, ...headerIn(text) };
    usage = usageIn(text, usage);
    if (command !== undefined) {
      const events = commandEvents(command, text, `call-${++calls}`);
      command = undefined;
      return events;
    }
    const kept = withoutCounts(text);
    const results = editOutcomes(text).flatMap(({ path, ok }): readonly RawEvent[] => {
      const answered = open.filter((edit) => edit.path === path);
      open = open.filter((edit) => edit.path !== path);
      return answered.map(({ call }) => editResult(call, path, ok));
    });
    return [
      ...results,
      ...(kept === '' ? [] : [{ kind: 'system', spans: [{ text: kept, trust: 'tool' }] } as const]),
    ];
  };

  const written = (text: string): readonly RawEvent[] => {
    const events = writtenEvents(text, () => `call-${++calls}`);
    for (const { tool } of events)
      if (tool?.path && tool.call) open.push({ path: tool.path, call: tool.call });
    return events;
  };

  const typed = (text: string): readonly RawEvent[] => {
    command = commandIn(text);
    open = [];
    return [typedEvent(text)];
  };

  return {
    take(block) {
      const read = { typed, printed: report, written }[block.type];
      held.push(...read(block.text));
      if (id === undefined && block.type !== 'typed') return [];
      const parsed: Parsed[] = [];
      if (id === undefined) {
        const newId = idOf(startedAt, block.text);
        id = newId;
        parsed.push({ type: 'session', header: headerOf(newId, startedAt, header) });
      }
      for (const event of held) parsed.push({ type: 'event', session: id, event });
      held = [];
      return parsed;
    },
    end() {
      if (id === undefined || usage === undefined) return [];
      return [{ type: 'update', session: id, header: { ...header, usage } }];
    },
  };
}

function editResult(call: string, path: string, ok: boolean): RawEvent {
  return {
    kind: 'tool_result',
    spans: [{ text: ok ? `Applied edit to ${path}` : `Did not apply the edit to ${path}`, trust: 'tool' }],
    tool: { name: 'edit', action: 'edit', call },
    ok,
  };
}

/** The same run has the same id in a copy of the file, a longer version of it, or an excerpt. */
function idOf(startedAt: string | undefined, prompt: string): string {
  return `aider-${sha256Hex(`${startedAt ?? ''}\n${prompt}`).slice(0, 32)}`;
}

function headerOf(id: string, startedAt: string | undefined, told: Partial<RawHeader>): RawHeader {
  const time = zonedTime(startedAt);
  return {
    id,
    agent: 'aider',
    format: 'aider',
    interactive: true,
    people: [],
    ...(time === undefined ? {} : { startedAt: time }),
    ...told,
  };
}
