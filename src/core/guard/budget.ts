/** budget: files stay within what agents load and people read; what grows beyond must make room. */
import type { Proposal } from '../dream/proposal.ts';
import { DreamkeeperError } from '../error.ts';
import { alwaysLoaded, audienceOf } from '../memory/audience.ts';
import type { Store } from '../memory/entry.ts';
import { isIndex, isTopic } from '../memory/index-file.ts';
import {
  agentsBytes,
  alwaysLoadedTokens,
  fileBytes,
  indexBytes,
  indexLineCharacters,
  indexLines,
  storeFiles,
  topicCharacters,
} from '../memory/limits.ts';
import { byteLength } from '../memory/size.ts';
import { tokens } from '../text/tokens.ts';
import { changedBy, type Changed } from './after.ts';
import { findingsOf, type Check, type DreamContext } from './context.ts';
import type { Finding } from './finding.ts';
import { writtenBy } from './written.ts';

const { block } = findingsOf('budget');

export const budget: Check = {
  name: 'budget',
  check: ({ store, proposal }) => overLimits(store, [proposal]).map(block),
};

/** Each fits by itself; together they may not. Those that come last make room. */
export function budgetTogether(ctx: DreamContext, proposals: readonly Proposal[]): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  if (overLimits(ctx.store, proposals).length === 0) return found;
  const taken: Proposal[] = [];
  for (const proposal of makingRoomFirst(proposals)) {
    const reasons = overLimits(ctx.store, [...taken, proposal]);
    if (reasons.length === 0) taken.push(proposal);
    else found.set(proposal.number, reasons.map(block));
  }
  return found;
}

/** What takes text away comes first, so that what it frees can be used. */
function makingRoomFirst(proposals: readonly Proposal[]): Proposal[] {
  const frees = ({ operations }: Proposal): number =>
    operations.some(({ op }) => op === 'retire' || op === 'move' || op === 'merge') ? 0 : 1;
  return proposals.toSorted((a, b) => frees(a) - frees(b) || a.number - b.number);
}

/** Limits that these proposals pass, or pass by more than before, as sentences. */
function overLimits(store: Store, proposals: readonly Proposal[]): string[] {
  try {
    return limitsPassed(store, proposals, changedBy(store, proposals));
  } catch (error) {
    if (error instanceof DreamkeeperError) return [`It cannot be written: ${error.message}`];
    throw error;
  }
}

function limitsPassed(store: Store, proposals: readonly Proposal[], changed: Changed): string[] {
  const before = new Map(store.files.map(({ path, text }) => [path, text]));
  const files = [...changed].flatMap(([path, text]) =>
    text === null ? [] : fileLimits(path, before.get(path) ?? '', text),
  );
  return [...files, ...storeLimits(before, changed), ...contextLimits(store, proposals, changed)];
}

interface Limit {
  readonly of: (text: string) => number;
  readonly most: number;
  readonly unit: string;
}

const bytesLimit: Limit = { of: byteLength, most: fileBytes, unit: 'bytes' };
const topicLimits: readonly Limit[] = [
  bytesLimit,
  { of: (text) => text.length, most: topicCharacters, unit: 'characters' },
];
const indexLimits: readonly Limit[] = [
  { of: byteLength, most: indexBytes, unit: 'bytes' },
  { of: (text) => text.trimEnd().split('\n').length, most: indexLines, unit: 'lines' },
  {
    of: (text) => Math.max(...text.split('\n').map((line) => line.trimEnd().length)),
    most: indexLineCharacters,
    unit: 'characters in one line',
  },
];

function fileLimits(path: string, before: string, after: string): string[] {
  const limits = isIndex(path) ? indexLimits : isTopic(path) ? topicLimits : [bytesLimit];
  return limits
    .filter(({ of, most }) => of(after) > most && of(after) > of(before))
    .map(({ of, most, unit }) => `${path} would have ${of(after)} ${unit}; the limit is ${most}.`);
}

function storeLimits(before: ReadonlyMap<string, string>, changed: Changed): string[] {
  const made = [...changed].filter(([path, text]) => text !== null && !before.has(path)).length;
  const gone = [...changed].filter(([, text]) => text === null).length;
  const files = before.size + made - gone;
  const tooMany =
    files > storeFiles && made > gone
      ? [`The memory would have ${files} files; the limit is ${storeFiles}.`]
      : [];
  return [...tooMany, ...agentsLimit(before, changed)];
}

/** Codex reads every AGENTS.md from the root to where it works, up to a limit for all of them. */
function agentsLimit(before: ReadonlyMap<string, string>, changed: Changed): string[] {
  const isAgents = (path: string): boolean => /(?:^|\/)AGENTS\.md$/.test(path);
  const grown = [...changed].filter(
    ([path, text]) => isAgents(path) && (text ?? '').length > (before.get(path) ?? '').length,
  );
  if (grown.length === 0) return [];
  const after = new Map([...before, ...changed]);
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const chains = [...after.keys()].filter(isAgents).map((leaf) => ({
    leaf,
    files: [...after.keys()].filter((path) => isAgents(path) && folder(leaf).startsWith(folder(path))),
  }));
  const full = chains.find(
    ({ files }) =>
      grown.some(([path]) => files.includes(path)) &&
      files.reduce((sum, path) => sum + byteLength(after.get(path) ?? ''), 0) > agentsBytes,
  );
  return full === undefined
    ? []
    : [`Codex reads ${agentsBytes} bytes of AGENTS.md files; those down to ${full.leaf} would have more.`];
}

/** Tokens per agent of what it always loads; a store never changes. */
const loads = new WeakMap<Store, ReadonlyMap<string, number>>();

function contextBefore(store: Store): ReadonlyMap<string, number> {
  const known = loads.get(store);
  if (known !== undefined) return known;
  const sums = new Map<string, number>();
  for (const { path, text } of store.files) {
    for (const agent of alwaysAgents(store, path)) sums.set(agent, (sums.get(agent) ?? 0) + tokens(text));
  }
  loads.set(store, sums);
  return sums;
}

const alwaysAgents = (store: Store, path: string): Set<string> =>
  new Set(audienceOf(store, path).flatMap(({ agent, when }) => (when === 'always' ? [agent] : [])));

/** A new entry beyond the budget of always-loaded text comes with one that moves to a topic file or retires. */
function contextLimits(store: Store, proposals: readonly Proposal[], changed: Changed): string[] {
  const files = new Map(store.files.map(({ path, text }) => [path, text]));
  const growth = new Map<string, number>();
  for (const [path, text] of changed) {
    const grown = tokens(text ?? '') - tokens(files.get(path) ?? '');
    for (const agent of alwaysAgents(store, path)) growth.set(agent, (growth.get(agent) ?? 0) + grown);
  }
  const entriesIn = count(
    proposals,
    (proposal) =>
      writtenBy(proposal, store).filter(({ op, file }) => op === 'add' && alwaysLoaded(store, file)).length,
  );
  const entriesOut = count(
    proposals,
    ({ operations }) =>
      operations.filter((operation) => {
        if (operation.op !== 'retire' && operation.op !== 'move') return false;
        const from = store.entries.get(operation.entry)?.file;
        const stays = operation.op === 'move' && alwaysLoaded(store, operation.file);
        return from !== undefined && alwaysLoaded(store, from) && !stays;
      }).length,
  );
  if (entriesIn <= entriesOut) return [];
  return [...growth].flatMap(([agent, grown]) => {
    const after = (contextBefore(store).get(agent) ?? 0) + grown;
    return grown > 0 && after > alwaysLoadedTokens
      ? [
          `${nameOf(agent)} would always load about ${after} tokens; beyond ${alwaysLoadedTokens} a new entry must come with one that moves to a topic file or retires.`,
        ]
      : [];
  });
}

const count = (proposals: readonly Proposal[], of: (proposal: Proposal) => number): number =>
  proposals.reduce((sum, proposal) => sum + of(proposal), 0);

const nameOf = (agent: string): string => (agent === 'any' ? 'Every agent' : agent);
