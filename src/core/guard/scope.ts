/** scope: what was one agent's, person's or project's becomes others' only by a proposal of its own, seen by a person. */
import { scopeOf, widens } from '../memory/scope.ts';
import type { Operation } from '../memory/operation.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';

const { block, review } = findingsOf('scope');

export const scope: Check = {
  name: 'scope',
  check: (ctx) => [...widening(ctx), ...inSomebodysName(ctx)],
};

function widening(ctx: GuardContext): Finding[] {
  const { proposal } = ctx;
  const wide = proposal.operations.filter((operation) => isWidening(operation, ctx));
  if (wide.length === 0) {
    return proposal.kind === 'promote' ? [block('It promotes nothing to a wider scope.')] : [];
  }
  if (proposal.kind !== 'promote')
    return [block('Words of a narrower scope move to a wider one; that is a proposal of its own.')];
  // The copies that become one may be retired beside it.
  const others = proposal.operations.filter(
    (operation) => !wide.includes(operation) && operation.op !== 'retire',
  );
  return others.length === 0
    ? [review('It widens who reads this.')]
    : [block('It widens who reads this, and does other things beside.')];
}

function isWidening(operation: Operation, { proposal, store }: GuardContext): boolean {
  if (operation.op === 'retire' || operation.op === 'revise') return false;
  const to = scopeOf(operation.file);
  const from =
    operation.op === 'add'
      ? retiredBeside(proposal.operations)
      : operation.op === 'merge'
        ? operation.entries
        : [operation.entry];
  return from.some((id) => {
    const entry = store.entries.get(id);
    return entry !== undefined && widens(scopeOf(entry.file), to);
  });
}

/** An addition beside removals may be their text at another place. */
const retiredBeside = (operations: readonly Operation[]): string[] =>
  operations.flatMap((operation) => (operation.op === 'retire' ? [operation.entry] : []));

/** What is noted as one person's habit is what that person said. */
function inSomebodysName({ proposal }: GuardContext): Finding[] {
  const people = new Set(
    proposal.evidence.flatMap((item) => ('person' in item && item.person !== undefined ? [item.person] : [])),
  );
  const strangers = proposal.operations.flatMap((operation) => {
    if (operation.op !== 'add') return [];
    const { kind, name } = scopeOf(operation.file);
    return kind === 'person' && name !== undefined && !people.has(name) ? [name] : [];
  });
  return [...new Set(strangers)].map((name) => review(`It is noted for ${name}, who is not cited.`));
}
