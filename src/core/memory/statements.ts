/** The notes of a store that can be compared, and the pairs of them that are alike enough to look at. */
import type { Entry, Store } from './entry.ts';
import { similarSets } from '../text/similarity.ts';
import { type Claim, readClaim } from '../text/claim/claim.ts';
import { type Context, readContexts } from './context.ts';

export interface Statement {
  readonly entry: Entry;
  readonly claim: Claim;
  readonly context: Context;
  /** Several blocks (a nested list, a fence): compared as a whole only. */
  readonly compound: boolean;
}

/** Longer notes are documents: their words say little about what they claim. */
const longest = 1_500;

/** Several rules read the same store; a store never changes. */
const readBefore = new WeakMap<Store, readonly Statement[]>();

/** Items and paragraphs, in store order. Code, tables, quotes, HTML and lead-ins are never compared alone. */
export function readStatements(store: Store): readonly Statement[] {
  const known = readBefore.get(store) ?? statementsOf(store);
  readBefore.set(store, known);
  return known;
}

function statementsOf(store: Store): Statement[] {
  const contexts = readContexts(store);
  return store.files.flatMap((file) =>
    file.entries.flatMap((entry): Statement[] => {
      const context = contexts.get(entry.id);
      if (context === undefined || (entry.kind !== 'item' && entry.kind !== 'paragraph')) return [];
      if (entry.text.length > longest) return [];
      return [{ entry, claim: readClaim(entry.text), context, compound: isCompound(entry.text) }];
    }),
  );
}

function isCompound(text: string): boolean {
  return /\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s|^\s*(?:```|~~~)/m.test(text);
}

/**
 * Share of words in common (Dice) below which two notes are not looked at; a clause more on one side keeps above it. For
 * notes of a word or two it is more than half: else "rule 1", "rule 2", … would each be like every other.
 */
const alike = { usual: 0.5, short: 0.501 };
const shortNote = 2;

type StatementPair = readonly [Statement, Statement];

/** Several rules look at the pairs of the same statements. */
const pairedBefore = new WeakMap<readonly Statement[], readonly StatementPair[]>();

/** Pairs that share half of the words that carry their claims, in store order. */
export function alikePairs(statements: readonly Statement[]): readonly StatementPair[] {
  const known = pairedBefore.get(statements) ?? pairsOf(statements);
  pairedBefore.set(statements, known);
  return known;
}

function pairsOf(statements: readonly Statement[]): StatementPair[] {
  const sets = statements.map((statement) => [...statement.claim.strong]);
  const isShort = (index: number): boolean => (sets[index]?.length ?? 0) <= shortNote;
  const usual = similarSets(
    sets.map((set, index) => (isShort(index) ? [] : set)),
    alike.usual,
  );
  const short = similarSets(sets, alike.short).filter(({ a, b }) => isShort(a) || isShort(b));
  return [...usual, ...short]
    .sort((x, y) => x.a - y.a || x.b - y.b)
    .flatMap(({ a, b }) => {
      const [first, second] = [statements[a], statements[b]];
      return first === undefined || second === undefined ? [] : [[first, second] as const];
    });
}
