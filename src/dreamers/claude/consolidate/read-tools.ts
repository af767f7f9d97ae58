/** Tools with which a model looks things up. None of them changes or reaches anything outside the dream. */
import { z } from 'zod';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { pathIndex } from '../../../core/memory/lint/path-index.ts';
import { excerpt } from '../../../core/sessions/excerpt.ts';
import type { Event } from '../../../core/sessions/session.ts';
import type { DataBlocks } from '../data-block.ts';
import { sessionNamed } from './cited.ts';
import type { Rules } from './rules.ts';
import { searchEntries, searchNoticed, type Noticed } from './search.ts';
import type { StoreText } from './store-text.ts';
import { ToolRefusal, toolOf, type Tool } from './tool.ts';

export interface Shelves {
  readonly input: DreamInput;
  readonly store: StoreText;
  readonly noticed: readonly Noticed[];
  readonly rules: Rules;
  readonly blocks: DataBlocks;
}

const query = z.object({ query: z.string().min(1).max(300).describe('Words to look for.') });

export function readTools(shelves: Shelves): readonly Tool[] {
  const { input, store, noticed, blocks } = shelves;
  const entries = searchEntries(input.store);
  const sessions = searchNoticed(noticed);
  const none = 'Nothing was found.';
  const shown = (parts: readonly string[]): string =>
    parts.length === 0 ? none : blocks.enclose(parts.join('\n\n'));
  return [
    toolOf(
      'read_entry',
      'Reads one entry of memory: where it stands, what it says, who wrote it and how sessions bear on it.',
      z.object({ entry: z.string().max(40).describe('Id of the entry.') }),
      ({ entry: id }) => {
        const entry = input.store.entries.get(id);
        if (entry === undefined) throw new ToolRefusal('There is no entry of that id.');
        return blocks.enclose(store.entry(entry));
      },
    ),
    toolOf('search_memory', 'Finds entries of memory that speak of something.', query, ({ query: wanted }) =>
      shown(entries(wanted).map((entry) => store.entry(entry))),
    ),
    toolOf(
      'search_sessions',
      'Finds what was noticed in sessions, with the words it rests on and where they were said.',
      query,
      ({ query: wanted }) => shown(sessions(wanted).map(noticedLine)),
    ),
    toolOf(
      'read_session_events',
      `Reads events of a session as they are kept, at most ${mostEvents} at once.`,
      z.object({
        session: z.string().min(1).max(300),
        from: z.number().int().positive().describe('Number of the first event.'),
        to: z.number().int().positive().optional().describe('Number of the last event.'),
      }),
      (asked) => readEvents(shelves, asked),
    ),
    toolOf(
      'look_up_path',
      'Says whether a path is in the repository, and if not, what Git knows of its end.',
      z.object({ path: z.string().min(1).max(1_024) }),
      ({ path }) => blocks.enclose(pathSentence(input, path)),
    ),
  ];
}

function noticedLine({ session, text, quotes }: Noticed): string {
  const said = quotes.map(
    ({ event, trust, quote }) => `  event ${event} (${trust}): ${JSON.stringify(quote)}`,
  );
  return [`session ${session} — ${text}`, ...said].join('\n');
}

const mostEvents = 30;
/** UTF-16 units of one event, and of all of them. */
const longestEvent = 2_000;
const longestReading = 24_000;

async function readEvents(
  { input, blocks }: Shelves,
  { session: name, from, to = from }: { session: string; from: number; to?: number | undefined },
): Promise<string> {
  const id = sessionNamed(input, name);
  const session = id === undefined ? undefined : await input.readSession(id);
  if (session === undefined) throw new ToolRefusal('There is no session of that id.');
  const wanted = session.events.filter(({ n }) => n >= from && n <= Math.min(to, from + mostEvents - 1));
  if (wanted.length === 0) throw new ToolRefusal(`Its events are 1 to ${session.events.at(-1)?.n ?? 0}.`);
  const lines: string[] = [];
  let left = longestReading;
  for (const event of wanted) {
    const line = eventLine(event);
    left -= line.length;
    if (left < 0) break;
    lines.push(line);
  }
  return blocks.enclose(lines.join('\n'));
}

/** Lines after the first are indented, so that no content looks like another event. */
function eventLine({ n, kind, tool, ok, rejected, spans }: Event): string {
  const about = [
    kind,
    tool?.name,
    ok === false ? 'failed' : undefined,
    rejected === true ? 'refused by a person' : undefined,
  ];
  const said = spans.map(
    ({ text, trust }) => `(${trust}) ${excerpt(text, longestEvent).replaceAll('\n', '\n  ')}`,
  );
  const call = kind === 'tool_call' ? (tool?.command ?? tool?.path ?? tool?.query) : undefined;
  const named =
    call === undefined || spans.some(({ text }) => text.includes(call))
      ? []
      : [`(called with) ${excerpt(call, longestEvent)}`];
  return `[${n}] ${about.filter((part) => part !== undefined).join(', ')}: ${[...named, ...said].join('\n  ')}`;
}

const similarShown = 10;

function pathSentence({ repository }: DreamInput, path: string): string {
  const index = pathIndex(repository.paths);
  if (index.has(path.replace(/\/$/, ''))) return `${path} exists.`;
  const deletion = repository.deleted.get(path);
  const gone =
    deletion === undefined
      ? `${path} is missing, and Git does not show that it was ever there.`
      : deletion.renamedTo === undefined
        ? `${path} was deleted on ${deletion.at.slice(0, 10)}.`
        : `${path} was renamed to ${deletion.renamedTo} on ${deletion.at.slice(0, 10)}.`;
  const similar = index.endingIn(path.split('/').at(-1) ?? path).slice(0, similarShown);
  return similar.length === 0 ? gone : `${gone} There are: ${similar.join(', ')}.`;
}
