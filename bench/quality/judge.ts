/** Tells for each proposal which planted thing it deals with as the label says; all else is a false positive. */
import type { DreamResult } from '../../src/dream.ts';
import type { ResolvedOperation } from '../../src/core/dream/report.ts';
import type { Planted, PlantedKind } from './planted.ts';

export type Proposed = DreamResult['proposals'][number];

export interface Judgement {
  readonly hits: readonly { readonly planted: Planted; readonly proposal: Proposed }[];
  readonly misses: readonly Planted[];
  readonly falsePositives: readonly {
    readonly kind: PlantedKind;
    readonly proposal: Proposed;
    readonly why: string;
  }[];
  /** Value conflicts that were merged, or lost a side, without a session to prove it. */
  readonly trapsMerged: readonly Proposed[];
  /** Hits whose words do not stand alone. */
  readonly unclean: readonly Proposed[];
}

export function judge(planted: readonly Planted[], proposals: readonly Proposed[]): Judgement {
  const left = new Set(planted.filter(({ kind }) => kind !== 'traps'));
  const traps = planted.filter(({ kind }) => kind === 'traps');
  const hits: { planted: Planted; proposal: Proposed }[] = [];
  const falsePositives: { kind: PlantedKind; proposal: Proposed; why: string }[] = [];
  for (const proposal of proposals) {
    const hit = [...left].find((item) => deals(item, proposal));
    if (hit !== undefined) {
      left.delete(hit);
      hits.push({ planted: hit, proposal });
    } else {
      const again = hits.some(({ planted: item }) => deals(item, proposal));
      falsePositives.push({ kind: claimOf(proposal), proposal, why: again ? 'said again' : 'not planted' });
    }
  }
  return {
    hits,
    misses: [...left],
    falsePositives,
    trapsMerged: proposals.filter((proposal) => traps.some((trap) => springs(trap, proposal))),
    unclean: hits
      .filter(({ planted: item, proposal }) => item.kind === 'asked' && isUnclean(addedText(proposal)))
      .map(({ proposal }) => proposal),
  };
}

function deals(planted: Planted, proposal: Proposed): boolean {
  const touched = touchedTexts(proposal);
  const added = fold(addedText(proposal));
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
      return (
        proposal.kind !== 'merge' &&
        planted.keys.some((keys) => keys.length > 0 && keys.every((key) => added.includes(fold(key))))
      );
    case 'mistakes':
    case 'workflows': {
      const words = `${added}\n${fold(proposal.suggestion ?? '')}`;
      return planted.keys.every((key) => words.includes(fold(key)));
    }
  }
}

/** A trap is sprung when both sides become one entry, or one side goes though nobody said so. */
function springs(trap: Planted, proposal: Proposed): boolean {
  if (trap.kind !== 'traps') return false;
  const touched = touchedTexts(proposal).filter((text) => trap.notes.includes(text));
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

export function touchedTexts(proposal: Proposed): string[] {
  return proposal.operations.flatMap((operation: ResolvedOperation) => {
    if (operation.op === 'add') return [];
    if (operation.op === 'merge') return operation.entries.map(({ text }) => text);
    return [operation.entry.text];
  });
}

export function addedText(proposal: Proposed): string {
  return proposal.operations.flatMap((operation) => ('text' in operation ? [operation.text] : [])).join('\n');
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
