/** What agents wrote into memory files and nobody refused: if it is missing from the store later, it was lost. */
import { defaultMemoryPaths } from '../../config.ts';
import { memoryMatcher } from '../../memory/memory-paths.ts';
import { parseFile } from '../../memory/parse.ts';
import type { Event } from '../../sessions/session.ts';
import type { SignalOf } from '../signal.ts';
import { type Call, type Reading, quotesOf, textOf } from './reading.ts';
import { repositoryPath } from './repository-path.ts';

type MemoryEdit = Omit<SignalOf<'memory-edit'>, 'id' | 'session'>;

const isMemory = memoryMatcher(defaultMemoryPaths);

/** Words of a person that ask an agent to write memory: by name, and by what it is. */
const asksByName = /\b(?:claude\.md|agents\.md|gemini\.md|memory|memories|remember|guidance)\b/i;
const asks =
  /\b(?:guidelines?|instructions?|conventions?|rules?|document (?:this|that|it)|note (?:this|that|it)|add (?:a )?note)\b/i;

const heredocStart = /(?:cat|tee)\s[^\n]*?>{1,2}\s*["']?([^\s"'<|&;]+)["']?[^\n]*<<-?\s*["']?(\w+)["']?/;
/** Of a command line that begins a here document. */
const longestStart = 400;

interface Write {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function writesOf(call: Event): Write[] {
  const tool = call.tool;
  if (tool === undefined) return [];
  if ((tool.action === 'edit' || tool.action === 'write') && tool.path !== undefined) {
    return [{ path: tool.path, before: tool.replaced ?? '', after: textOf(call) }];
  }
  if (tool.action === 'shell' && tool.command !== undefined) {
    return heredocsIn(tool.command);
  }
  return [];
}

/** `cat > CLAUDE.md <<'EOF'` and what follows, to the end that it names. */
function heredocsIn(command: string): Write[] {
  const lines = command.split('\n');
  const writes: Write[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const start = line.length <= longestStart ? heredocStart.exec(line) : null;
    if (start === null) continue;
    const [, path = '', mark = ''] = start;
    const isEnd = new RegExp(`^\\s*${mark}\\b`);
    const length = lines.slice(at + 1).findIndex((each) => isEnd.test(each));
    // Never ended: neither is any other of this name, and looking again for each would take long.
    if (length < 0) return writes;
    writes.push({ path, before: '', after: lines.slice(at + 1, at + 1 + length).join('\n') });
    at += length + 1;
  }
  return writes;
}

/** A cut text no longer says where its entries end. */
const cut = /\[… \d+ characters cut\]/;

type Written = MemoryEdit['added'][number];

function entriesOf(path: string, text: string): Written[] {
  if (cut.test(text)) return [];
  const file = parseFile(path, text);
  return file.entries.map((entry) => {
    const depth = file.headings.findLast((heading) => heading.start <= entry.start)?.depth;
    return { headings: [...entry.headings], ...(depth === undefined ? {} : { depth }), text: entry.text };
  });
}

interface Asked {
  readonly event: Event;
  readonly text: string;
  /** They ask for memory; else they are only the last words before it. */
  readonly memory: boolean;
}

/** The last words of people before an event that ask for memory, else the last of all. */
function askedBefore(reading: Reading, event: Event): Asked | undefined {
  const before = reading.sentences.filter((said) => said.event.n < event.n && said.trust === 'person');
  const asking =
    before.findLast((said) => asksByName.test(said.text)) ?? before.findLast((said) => asks.test(said.text));
  const last = asking ?? before.at(-1);
  return last === undefined
    ? undefined
    : { event: last.event, text: last.text, memory: asking !== undefined };
}

function signalOf(reading: Reading, call: Call, file: string, write: Write): MemoryEdit | undefined {
  const before = entriesOf(file, write.before);
  const after = entriesOf(file, write.after);
  const known = new Set(before.map((entry) => entry.text));
  const kept = new Set(after.map((entry) => entry.text));
  const added = after.filter((entry) => !known.has(entry.text));
  const first = added[0];
  if (first === undefined) return undefined;
  const anchor = after.slice(0, after.indexOf(first)).findLast((entry) => known.has(entry.text))?.text;
  const asked = askedBefore(reading, call.call);
  const quotes = quotesOf(reading.session, [
    [asked?.event, asked?.text ?? ''],
    [call.call, first.text.split('\n')[0] ?? ''],
  ]);
  if (quotes.length === 0) return undefined;
  return {
    kind: 'memory-edit',
    quotes,
    ...(call.call.at === undefined ? {} : { at: call.call.at }),
    file,
    added,
    ...(anchor === undefined ? {} : { anchor }),
    removed: before.filter((entry) => !kept.has(entry.text)).map((entry) => entry.text),
    requested: asked?.memory === true,
  };
}

/** An edit that rewrites what an earlier one of the session wrote stands where that stood. */
function placed(signal: MemoryEdit, earlier: readonly MemoryEdit[]): MemoryEdit {
  const rewrites = (other: MemoryEdit): MemoryEdit['added'][number] | undefined =>
    other.file === signal.file ? other.added.find(({ text }) => signal.removed.includes(text)) : undefined;
  const before = earlier.findLast((other) => rewrites(other) !== undefined);
  const old = before === undefined ? undefined : rewrites(before);
  if (before === undefined || old === undefined) return signal;
  const headless = signal.added.every(({ headings }) => headings.length === 0);
  const place = { headings: old.headings, ...(old.depth === undefined ? {} : { depth: old.depth }) };
  const anchor = signal.anchor ?? before.anchor;
  return {
    ...signal,
    added: headless ? signal.added.map((added) => ({ ...added, ...place })) : signal.added,
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** What a later edit of the same session takes away again was never meant to last. */
function withoutUndone(signals: readonly MemoryEdit[]): MemoryEdit[] {
  const standing: MemoryEdit[] = [];
  for (const signal of signals) standing.push(placed(signal, standing));
  return standing.flatMap((signal, index) => {
    const later = standing.slice(index + 1).filter((other) => other.file === signal.file);
    const gone = new Set(later.flatMap((other) => other.removed));
    const added = signal.added.filter((entry) => !gone.has(entry.text));
    return added.length > 0 ? [{ ...signal, added }] : [];
  });
}

export function gatherMemoryEdits(reading: Reading): MemoryEdit[] {
  const signals = reading.calls
    .filter((call) => call.result?.ok !== false && call.result?.rejected !== true)
    .flatMap((call) =>
      writesOf(call.call).flatMap((write) => {
        const file = repositoryPath(reading.session.cwd, write.path);
        return isMemory(file) ? (signalOf(reading, call, file, write) ?? []) : [];
      }),
    );
  return withoutUndone(signals);
}
