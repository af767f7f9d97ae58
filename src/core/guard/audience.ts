/** audience: what some agents read stays where they read it. */
import { audienceOf } from '../memory/audience.ts';
import type { Store } from '../memory/entry.ts';
import { changedBy, storeAfter } from './after.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';
import { covers, reaches } from './readers.ts';
import { at, touchedBy, writtenBy } from './written.ts';

const { block } = findingsOf('audience');

export const audience: Check = {
  name: 'audience',
  check: (ctx) => {
    // Seeing who reaches what means reading every link of the memory: only where something can have changed.
    if (!movesText(ctx)) return [];
    const after = storeAfter(ctx.store, changedBy(ctx.store, [ctx.proposal]));
    return [...merged(ctx, after), ...moved(ctx, after), ...cutOff(ctx, after)];
  },
};

function movesText(ctx: GuardContext): boolean {
  const files = new Set(touchedBy(ctx.proposal, ctx.store).map(({ file }) => file));
  const crosses = ctx.proposal.operations.some(
    (operation) =>
      'file' in operation && operation.op !== 'add' && !(files.size === 1 && files.has(operation.file)),
  );
  return crosses || touchedBy(ctx.proposal, ctx.store).some(({ text }) => /@|\.mdc?\b|\[\[/.test(text));
}

function merged(ctx: GuardContext, after: Store): Finding[] {
  return writtenBy(ctx.proposal, ctx.store).flatMap(({ op, file, over }) => {
    if (op !== 'merge') return [];
    const readers = audienceOf(after, file);
    const blind = over.find((entry) => !covers(readers, audienceOf(ctx.store, entry.file)));
    return blind === undefined
      ? []
      : [
          block(
            `Agents that read ${at(blind)} do not read ${file}; keep one source and import or point to it.`,
          ),
        ];
  });
}

function moved(ctx: GuardContext, after: Store): Finding[] {
  return ctx.proposal.operations.flatMap((operation) => {
    const entry = operation.op === 'move' ? ctx.store.entries.get(operation.entry) : undefined;
    if (operation.op !== 'move' || entry === undefined) return [];
    return reaches(audienceOf(after, operation.file), audienceOf(ctx.store, entry.file))
      ? []
      : [block(`Agents that read ${at(entry)} would not find it in ${operation.file}.`)];
  });
}

/** A link or import that goes takes all behind it out of sight. */
function cutOff(ctx: GuardContext, after: Store): Finding[] {
  const lost = after.files.filter(({ path }) => {
    const before = ctx.store.files.some((file) => file.path === path);
    return before && !reaches(audienceOf(after, path), audienceOf(ctx.store, path));
  });
  const [first] = lost;
  if (first === undefined) return [];
  const others = lost.length === 1 ? '' : ` and ${lost.length - 1} more`;
  return [block(`${first.path}${others} would no longer be reached by agents that read it now.`)];
}
