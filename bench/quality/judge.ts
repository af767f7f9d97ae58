/** Tells for each proposal which planted thing it deals with as the label says; all else is a false positive. */
import type { DreamResult } from '../../src/dream.ts';
import type { ResolvedOperation } from '../../src/core/dream/report.ts';
import type { Planted, PlantedKind } from './planted.ts';

export type Proposed = DreamResult['proposals'][number];

/** What is judged by itself: a merge of a proposal that merges several groups, else the proposal. */
export interface Act {
  readonly proposal: Proposed;
  readonly touched: readonly string[];
  readonly added: string;
}

export interface Judgement {
  readonly hits: readonly { readonly planted: Planted; readonly act: Act }[];
  readonly misses: readonly Planted[];
  readonly falsePositives: readonly FalsePositive[];
  /** Value conflicts that were merged, or lost a side, without a session to prove it. */
  readonly trapsMerged: readonly (Act & { readonly sort: string })[];
  /** Hits whose words do not stand alone. */
  readonly unclean: readonly Act[];
}

export interface FalsePositive {
  readonly kind: PlantedKind;
  readonly act: Act;
  readonly why: 'said again' | 'not planted';
}

export function judge(planted: readonly Planted[], proposals: readonly Proposed[]): Judgement {
  const left = new Set(planted.filter(({ kind }) => kind !== 'traps'));
  const traps = planted.filter(({ kind }) => kind === 'traps');
  const acts = proposals.flatMap(actsOf);
  const hits: { planted: Planted; act: Act }[] = [];
  const falsePositives: FalsePositive[] = [];
  for (const act of acts) {
    // What claims to tell of a mistake may name what somebody asked for by chance.
    const found = [...left].filter((item) => deals(item, act));
    const hit = found.find(({ kind }) => kind === claimOf(act.proposal)) ?? found[0];
    if (hit !== undefined) {
      left.delete(hit);
      hits.push({ planted: hit, act });
    } else if (hits.some(({ planted: item }) => deals(item, act)))
      falsePositives.push({ kind: claimOf(act.proposal), act, why: 'said again' });
    else if (!planted.some((item) => isBesides(item, act)))
      falsePositives.push({ kind: claimOf(act.proposal), act, why: 'not planted' });
  }
  return {
    hits,
    misses: [...left],
    falsePositives,
    trapsMerged: acts.flatMap((act) => {
      const sprung = traps.find((trap) => springs(trap, act));
      return sprung === undefined ? [] : [{ ...act, sort: sprung.sort }];
    }),
    unclean: hits
      .filter(({ planted: item, act }) => item.kind === 'asked' && isUnclean(act.added))
      .map(({ act }) => act),
  };
}

function actsOf(proposal: Proposed): Act[] {
  const merges = proposal.operations.filter((operation) => operation.op === 'merge');
  if (merges.length < 2 || merges.length < proposal.operations.length)
    return [{ proposal, touched: touchedTexts(proposal.operations), added: addedText(proposal.operations) }];
  return merges.map((merge) => ({ proposal, touched: touchedTexts([merge]), added: addedText([merge]) }));
}

function deals(planted: Planted, { proposal, touched, added: text }: Act): boolean {
  const added = fold(text);
  switch (planted.kind) {
    case 'traps':
      return false;
    case 'twins': {
      const both = touched.length === 2 && planted.notes.every((note) => touched.includes(note));
      const [only] = touched;
      const retired = touched.length === 1 && added === '' && proposal.kind !== 'reorganise';
      return both || (retired && planted.notes.some((note) => note === only));
    }
    case 'refuted':
      if (!touched.includes(planted.note)) return false;
      return planted.replacement === undefined ? true : added.includes(fold(planted.replacement));
    case 'asked':
      return proposal.kind !== 'merge' && namesAll(added, planted.keys);
    case 'mistakes':
    case 'workflows':
      return namesAll(`${added}\n${fold(proposal.suggestion ?? '')}`, planted.keys);
  }
}

/** It was said, though not each time. */
function isBesides(planted: Planted, { proposal, added }: Act): boolean {
  return planted.kind === 'asked' && proposal.kind === 'learn' && namesAll(fold(added), planted.besides);
}

function namesAll(folded: string, keys: readonly string[]): boolean {
  return keys.length > 0 && keys.every((key) => folded.includes(fold(key)));
}

/** A trap is sprung when both sides become one entry, or one side goes though nobody said so. */
function springs(trap: Planted, { proposal, touched: texts }: Act): boolean {
  if (trap.kind !== 'traps') return false;
  const touched = texts.filter((text) => trap.notes.includes(text));
  const merged = proposal.operations.some((operation) => operation.op === 'merge');
  const said = proposal.evidence.some((evidence) => evidence.type === 'quote');
  const gone = proposal.operations.some(
    (operation) =>
      (operation.op === 'retire' || operation.op === 'revise') && trap.notes.includes(operation.entry.text),
  );
  return (merged && touched.length > 0) || (gone && !said);
}

/** What a proposal that deals with nothing planted claims to be. */
function claimOf(proposal: Proposed): PlantedKind {
  if (proposal.kind === 'merge') return 'twins';
  if (proposal.kind === 'correct' || proposal.kind === 'retire') return 'refuted';
  if (proposal.kind === 'enforce' || proposal.lesson === 'mistake') return 'mistakes';
  if (proposal.lesson === 'workflow') return 'workflows';
  return 'asked';
}

export function touchedTexts(operations: Proposed['operations']): string[] {
  return operations.flatMap((operation: ResolvedOperation) => {
    if (operation.op === 'add') return [];
    if (operation.op === 'merge') return operation.entries.map(({ text }) => text);
    return [operation.entry.text];
  });
}

export function addedText(operations: Proposed['operations']): string {
  return operations.flatMap((operation) => ('text' in operation ? [operation.text] : [])).join('\n');
}

/** Case, code marks and the two dashes of rule names do not matter. */
function fold(text: string): string {
  return text.toLowerCase().replaceAll('`', '').replaceAll('_', '-');
}

/** Said to somebody, not written for everybody. */
function isUnclean(text: string): boolean {
  return /^(no|nope|nooo|hey|hm|ugh|ok|please|pls|sorry|again|stop)\b|\b(thank you|thanks|i said|i want|please|pls|remember)\b/im.test(
    text,
  );
}
