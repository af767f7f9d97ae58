/** Whether what was true is still remembered. */
import type { Planted } from './planted.ts';

/** A statement is kept when it stands somewhere word for word, or when one entry names all that it names. */
export function isKept(statement: string, lines: readonly string[]): boolean {
  const wanted = specificsOf(statement);
  return lines.some(
    (line) => line.includes(statement) || [...wanted].every((word) => wordsOf(line).has(word)),
  );
}

/** What must outlive every dream: untouched facts, both sides of each trap, one of each pair of twins. */
export function lostFacts(
  facts: readonly string[],
  planted: readonly Planted[],
  memory: readonly { readonly text: string }[],
): string[] {
  const lines = memory.flatMap(({ text }) => text.split('\n').filter((line) => line.trim() !== ''));
  const kept = planted.flatMap((item): readonly string[] => {
    if (item.kind === 'traps') return item.notes;
    if (item.kind === 'twins') return item.notes.some((note) => isKept(note, lines)) ? [] : [item.notes[0]];
    return [];
  });
  return [...facts, ...kept].filter((fact) => !isKept(fact, lines));
}

const common = new Set(
  'the a an is are was be it of in on at to for from with and or not by as that this we you its when after before'.split(
    ' ',
  ),
);

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function specificsOf(statement: string): Set<string> {
  return new Set([...wordsOf(statement)].filter((word) => !common.has(word)));
}
