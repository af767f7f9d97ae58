/** Memory that an agent wrote in a session, that nobody refused, and that is not in the store: lost on its way. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import { comparedText, type Entry, type MemoryFile } from '../../../core/memory/entry.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { similarity } from '../../../core/text/similarity.ts';
import { words } from '../../../core/text/words.ts';
import { entryEvidence, writtenAt } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

/** Above this an entry of the store is a version of the written one. */
const versionOf = 0.45;
/** Above this it is the written one, worded a little differently. */
const sameAs = 0.85;
/** Of a longer rewrite the first passages are brought back; the rest is named, since a reviewer has two minutes. */
const mostEntries = 6;
/** A passage shorter than this hangs on what stands above it. */
const fewestWords = 8;
/** A passage longer than this is an example, not a statement. */
const longestPassage = 600;

interface Lost {
  readonly signal: SignalOf<'memory-edit'>;
  readonly written: SignalOf<'memory-edit'>['added'][number];
  readonly file: MemoryFile;
  /** The entry that the edit rewrote, if the store still has it. */
  readonly older: Entry | undefined;
}

/** The store's file that an edit meant: the same path, else the one whose path is its longest tail. */
function fileOf(input: DreamInput, path: string): MemoryFile | undefined {
  return (
    input.store.files.find((file) => file.path === path) ??
    [...input.store.files]
      .filter((file) => path.endsWith(`/${file.path}`))
      .sort((a, b) => b.path.length - a.path.length)[0]
  );
}

function lostOf(input: DreamInput, signal: SignalOf<'memory-edit'>): Lost[] {
  const file = fileOf(input, signal.file);
  if (file === undefined) return [];
  return signal.added.flatMap((written): Lost[] => {
    const scored = file.entries
      .map((entry) => ({ entry, score: similarity(entry.text, written.text) }))
      .sort((a, b) => b.score - a.score || a.entry.start - b.entry.start);
    const best = scored[0];
    if (best !== undefined && (best.score >= sameAs || best.entry.text === written.text)) return [];
    if (file.text.includes(written.text)) return [];
    const removed = signal.removed.map((text) => ({ text, score: similarity(text, written.text) }));
    const rewrote = removed.some(({ score }) => score >= versionOf);
    const older = rewrote && best !== undefined && best.score >= versionOf ? best.entry : undefined;
    return [{ signal, written, file, older }];
  });
}

/** The store changed the older entry after the session: somebody has settled it since. */
function settled(input: DreamInput, lost: Lost): boolean {
  if (lost.older === undefined) return false;
  const written = writtenAt(input, lost.older);
  return written !== undefined && lost.signal.at !== undefined && written > lost.signal.at;
}

/**
 * Where a lost entry belongs: under the heading of its name if the store has one; else under a new heading, inside the
 * sections that hold what the edit left in place.
 */
function headingFor({ signal, written, file }: Lost): string[] | undefined {
  const last = written.headings.at(-1);
  const known = file.headings.find((heading) => heading.text === last);
  if (known !== undefined) return [...known.path];
  const anchor = file.entries.find((entry) => entry.text === signal.anchor);
  if (anchor === undefined) return last === undefined ? undefined : [...written.headings];
  if (last === undefined) return [...anchor.headings];
  const depth = written.depth ?? 6;
  const above = file.headings
    .filter((heading) => heading.path.every((text, at) => anchor.headings[at] === text))
    .filter((heading) => heading.depth < depth)
    .at(-1);
  return [...(above?.path ?? []), last];
}

function operationOf(lost: Lost): Operation {
  if (lost.older !== undefined) return { op: 'revise', entry: lost.older.id, text: lost.written.text };
  const heading = headingFor(lost);
  return {
    op: 'add',
    file: lost.file.path,
    ...(heading === undefined ? {} : { heading }),
    text: lost.written.text,
  };
}

/** Says something by itself: no example, and no beginning of a list that is left out. */
function isStatement(text: string): boolean {
  const whole = words(text).length >= fewestWords && !/:[*_]*\s*$/.test(text);
  return whole && text.length <= longestPassage && !/^(?:```|~~~)/.test(text);
}

/** What a reviewer can judge: all of a short edit, the first statements of a long one; no entry twice. */
function passages(lost: readonly Lost[]): Lost[] {
  const seen = new Set<string>();
  const once = lost.filter(({ older }) => older === undefined || (!seen.has(older.id) && seen.add(older.id)));
  if (once.length <= mostEntries) return once;
  return once.filter(({ written }) => isStatement(written.text)).slice(0, mostEntries);
}

function proposal(
  input: DreamInput,
  signal: SignalOf<'memory-edit'>,
  all: readonly Lost[],
): Draft | undefined {
  const lost = passages(all);
  if (lost.length === 0) return undefined;
  const first = lost[0]?.written.text ?? '';
  const revised = lost.flatMap(({ older }) => (older === undefined ? [] : [entryEvidence(input, older)]));
  const asked = signal.requested ? 'because a person asked for it, ' : '';
  const rest =
    lost.length < all.length
      ? ` These are the first ${lost.length} of ${all.length} passages of that edit.`
      : '';
  return {
    kind: revised.length > 0 ? 'correct' : 'learn',
    ...(revised.length > 0 ? {} : { lesson: 'lost-edit' as const }),
    title: titled('Bring back', first),
    rationale: `An agent wrote this into ${signal.file}, ${asked}and nobody refused it, but it is not in the store.${rest}`,
    operations: lost.map(operationOf),
    evidence: [...signal.quotes, ...revised],
    strength: signal.requested ? 'proved' : 'supported',
    signals: [signal.id],
  };
}

/** Edits of one file in one session are one piece of writing: the last wording of each entry counts. */
function mergeEdits(signals: readonly SignalOf<'memory-edit'>[]): SignalOf<'memory-edit'>[] {
  const byFile = new Map<string, SignalOf<'memory-edit'>>();
  for (const signal of signals) {
    const key = `${signal.session}\0${signal.file}`;
    const before = byFile.get(key);
    byFile.set(
      key,
      before === undefined
        ? signal
        : {
            ...signal,
            id: before.id,
            quotes: [...before.quotes, ...signal.quotes],
            added: [...before.added, ...signal.added],
            ...((before.anchor ?? signal.anchor) === undefined
              ? {}
              : { anchor: before.anchor ?? signal.anchor }),
            removed: [...before.removed, ...signal.removed],
            requested: before.requested || signal.requested,
          },
    );
  }
  return [...byFile.values()];
}

export function lostEdits(input: DreamInput): RuleResult {
  const proposals: Draft[] = [];
  const leads: Lead[] = [];
  const edits = mergeEdits(input.signals.filter((signal) => signal.kind === 'memory-edit'));
  for (const signal of edits) {
    const lost = lostOf(input, signal).filter((item) => !settled(input, item));
    const first = lost[0];
    if (first === undefined) continue;
    const draft = signal.requested ? proposal(input, signal, lost) : undefined;
    if (draft !== undefined) proposals.push(draft);
    else {
      const reason = signal.requested ? 'it is all examples' : 'no person asked for it';
      leads.push({
        kind: 'learn',
        text: `Written into ${signal.file}: ${comparedText(first.written)}`,
        reason,
        evidence: signal.quotes,
      });
    }
  }
  return { proposals, questions: [], leads };
}
