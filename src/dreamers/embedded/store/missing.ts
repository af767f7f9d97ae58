/** Notes that name what sessions looked for in vain, or what a tool corrected (proofs b and c of DESIGN section 7). */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import {
  entryEvidence,
  type Independence,
  writtenAt,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import { entriesNaming, replaceName } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { placesOf, references } from '../../../core/memory/lint/references.ts';
import { isWhollyAbout } from './wholly-about.ts';
import { isRewordable } from './rewordable.ts';
import { plainTitle } from './topic.ts';

type Missing = SignalOf<'missing'>;

/** Shorter names stand in any text. */
const shortest = 3;
/** Independent sessions that must have looked in vain. */
const enoughSessions = 2;
/** A name in more entries than this is a word of the project, not the subject of a note. */
const mostEntries = 5;

export function missingNames(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const signals = input.signals.filter((signal): signal is Missing => signal.kind === 'missing');
  const proposals: Draft[] = [];
  const leads: Lead[] = [];
  for (const { entry, name, missed } of [
    ...namedAsMissing(input, signals),
    ...foldersMissing(input, signals),
  ]) {
    const later = missed.filter((signal) => isLater(input, signal, entry));
    const draft = corrected(input, entry, name, later) ?? retired(input, entry, name, later, independence);
    if (draft !== undefined) proposals.push(draft);
    else if (supportOf(independence, later).groups >= enoughSessions)
      leads.push(leadOf(input, entry, name, later));
  }
  return { proposals, questions: [], leads };
}

interface Named {
  readonly entry: Entry;
  /** As the entry writes it. */
  readonly name: string;
  readonly missed: readonly Missing[];
}

/** Entries that write the very name that was looked for. */
function namedAsMissing(input: DreamInput, signals: readonly Missing[]): Named[] {
  return [...Map.groupBy(signals, ({ name }) => name)].flatMap(([name, missed]) => {
    if (name.length < shortest || isThere(input, name)) return [];
    const entries = entriesNaming(input.store, name);
    return entries.length > mostEntries ? [] : entries.map((entry) => ({ entry, name, missed }));
  });
}

/**
 * Entries that name, below the folder of their heading, a folder that itself was not there. A file that is missing from
 * a folder says nothing of the folder, unless another call found no folder at all.
 */
function foldersMissing(input: DreamInput, signals: readonly Missing[]): Named[] {
  const names = new Set(signals.map(({ name }) => name));
  return [...input.store.entries.values()].flatMap((entry) =>
    references(entry).flatMap((reference): Named[] => {
      const place = placesOf(entry, reference).find((candidate) => names.has(candidate));
      if (place === undefined || place === reference.path || isThere(input, place)) return [];
      const missed = signals.filter(({ name }) => name === place || name.startsWith(`${place}/`));
      return [{ entry, name: reference.path, missed }];
    }),
  );
}

/** A live file or folder, or one that Git does not keep: absence in one checkout says nothing. */
function isThere({ repository }: DreamInput, name: string): boolean {
  if (repository.ignored.has(name) || repository.paths.has(name)) return true;
  const path = name.replace(/^\.\//, '').replace(/\/$/, '');
  for (const live of repository.paths) {
    if (
      live === path ||
      live.endsWith(`/${path}`) ||
      live.startsWith(`${path}/`) ||
      live.includes(`/${path}/`)
    )
      return true;
  }
  return false;
}

/** Whether there is anything at the base besides memory and what configures the repository. */
function holdsCode({ store, repository }: DreamInput): boolean {
  const memory = new Set(store.files.map(({ path }) => path));
  return [...repository.paths].some((path) => !memory.has(path) && !/^(?:\.|README|LICENSE)/i.test(path));
}

function isLater(input: DreamInput, signal: Missing, entry: Entry): boolean {
  const written = writtenAt(input, entry);
  return written === undefined || signal.at === undefined || signal.at > written;
}

/** A tool said "did you mean X", and X is there. */
function corrected(
  input: DreamInput,
  entry: Entry,
  name: string,
  missed: readonly Missing[],
): Draft | undefined {
  const suggesting = missed.filter(({ suggestion }) => suggestion !== undefined && exists(input, suggestion));
  const suggestions = new Set(suggesting.map(({ suggestion }) => suggestion));
  const [suggestion] = suggestions;
  if (suggestion === undefined || suggestions.size > 1 || !isRewordable(entry)) return undefined;
  const text = replaceName(entry.text, name, suggestion);
  if (text === entry.text) return undefined;
  return {
    kind: 'correct',
    title: `Correct ${plainTitle(name)} to ${plainTitle(suggestion)}`,
    rationale: `${name} is not there any more; a tool answered with ${suggestion}, which is.`,
    operations: [{ op: 'revise', entry: entry.id, text }],
    evidence: [...quotesFrom(suggesting, 3), entryEvidence(input, entry)],
    strength: 'proved',
    signals: suggesting.map(({ id }) => id),
  };
}

/**
 * A file at the base, or a command that sessions ran with success. Where the repository holds memory and no code, the
 * tool that looked is the only witness, and it is enough.
 */
function exists(input: DreamInput, suggestion: string): boolean {
  if (isThere(input, suggestion) || !holdsCode(input)) return true;
  const pattern = ` ${suggestion} `;
  return input.signals.some(
    (signal) => signal.kind === 'commands' && signal.steps.some((step) => ` ${step} `.includes(pattern)),
  );
}

function retired(
  input: DreamInput,
  entry: Entry,
  name: string,
  missed: readonly Missing[],
  independence: Independence,
): Draft | undefined {
  const support = supportOf(independence, missed);
  if (support.groups < enoughSessions || !isRewordable(entry) || !isWhollyAbout(entry, name))
    return undefined;
  return {
    kind: 'retire',
    title: `Retire the note on ${plainTitle(name)}`,
    rationale: `${name} was looked for in vain in ${supportPhrase(support)}, and the note is about nothing else.`,
    operations: [{ op: 'retire', entry: entry.id }],
    evidence: [...quotesFrom(missed), entryEvidence(input, entry)],
    strength: 'supported',
    signals: missed.map(({ id }) => id),
  };
}

function leadOf(input: DreamInput, entry: Entry, name: string, missed: readonly Missing[]): Lead {
  return {
    kind: 'correct',
    text: `${name} was looked for in vain, and a note names it`,
    reason: 'The note says more than that it is there, so a person should word what remains.',
    evidence: [...quotesFrom(missed, 3), entryEvidence(input, entry)],
  };
}
