/** A value that changed in a recurring output while memory names the old one. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { entryEvidence, type Independence, quotesFrom, readIndependence, supportOf } from '../evidence.ts';
import { entriesNaming, replaceName } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

type Value = SignalOf<'value'>;

/** Independent pieces of work that must have seen the old value: then the output recurs and the value was stable. */
const recurring = 2;
/** An output with more values than this varies by nature. */
const mostValues = 3;
const mostEntries = 25;

interface Change {
  readonly old: string;
  readonly now: string;
  /** When the new value was seen first; ISO 8601. */
  readonly since: string;
  readonly signals: readonly Value[];
}

/** The change of one output's value: every sighting of the new one is later than every sighting of the old one. */
function changeOf(signals: readonly Value[], independence: Independence): Change | undefined {
  const dated = signals
    .filter((signal) => signal.at !== undefined)
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  const values = [...new Set(dated.map((signal) => signal.value))];
  const now = dated.at(-1)?.value;
  if (now === undefined || values.length < 2 || values.length > mostValues) return undefined;
  const firstNow = dated.findIndex((signal) => signal.value === now);
  const before = dated.slice(0, firstNow);
  if (dated.slice(firstNow).some((signal) => signal.value !== now)) return undefined;
  const old = before.at(-1)?.value;
  const seen = before.filter((signal) => signal.value === old);
  const lastOld = seen.at(-1);
  const sameSession = dated.slice(firstNow).some((signal) => signal.session === lastOld?.session);
  if (old === undefined || sameSession || supportOf(independence, seen).groups < recurring) return undefined;
  const since = dated[firstNow]?.at ?? '';
  return { old, now, since, signals: [...seen.slice(-2), ...dated.slice(firstNow)] };
}

/** A file or folder that is still there: another was named in its place, and took it from nobody. */
function isLive({ repository }: DreamInput, name: string): boolean {
  const path = name.replace(/^\.\//, '').replace(/\/$/, '');
  if (repository.paths.has(path)) return true;
  return path.includes('/') && [...repository.paths].some((live) => live.startsWith(`${path}/`));
}

function proposal(input: DreamInput, change: Change): Draft | undefined {
  if (isLive(input, change.old)) return undefined;
  const entries = entriesNaming(input.store, change.old, true);
  if (entries.length === 0 || entries.length > mostEntries) return undefined;
  const operations = entries.flatMap((entry): Operation[] => {
    const text = replaceName(entry.text, change.old, change.now);
    return text === entry.text ? [] : [{ op: 'revise', entry: entry.id, text }];
  });
  if (operations.length === 0) return undefined;
  return {
    kind: 'correct',
    title: titled('Correct', `${change.old} is now ${change.now}`),
    rationale: `The same output named ${change.old} in earlier sessions and names ${change.now} since ${change.since.slice(0, 10)}; memory still names the old value.`,
    operations,
    evidence: [
      ...quotesFrom(change.signals),
      ...entries.slice(0, 5).map((entry) => entryEvidence(input, entry)),
    ],
    strength: 'proved',
    signals: change.signals.map((signal) => signal.id),
  };
}

export function changedValues(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const byLabel = new Map<string, Value[]>();
  for (const signal of input.signals) {
    if (signal.kind !== 'value') continue;
    const group = byLabel.get(signal.label);
    if (group === undefined) byLabel.set(signal.label, [signal]);
    else group.push(signal);
  }
  const changes = new Map<string, Change>();
  for (const signals of byLabel.values()) {
    const change = changeOf(signals, independence);
    if (change !== undefined && !changes.has(change.old)) changes.set(change.old, change);
  }
  const proposals = [...changes.values()].flatMap((change) => proposal(input, change) ?? []);
  return { proposals, questions: [], leads: [] };
}
