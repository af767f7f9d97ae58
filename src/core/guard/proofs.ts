/** What proves that an entry is no longer true, without a person saying so (DESIGN section 7). */
import type { Quote } from '../dream/evidence.ts';
import { settlingTrace } from '../dream/chosen-tools.ts';
import type { Entry } from '../memory/entry.ts';
import { absoluteDates, relativeDates } from '../text/dates.ts';
import { specifics } from '../text/specifics.ts';
import { words } from '../text/words.ts';
import { changesValuesOnly, isFailure } from './carried-by.ts';
import type { GuardContext } from './context.ts';
import { speaksOf } from './spoken-of.ts';
import { eventOf, groupCount, type Support } from './support.ts';
import { touchedBy } from './written.ts';

/** `sure`: settled by code. `likely`: the repository points one way, a person should look. */
export function proofOf(ctx: GuardContext, support: Support): 'sure' | 'likely' | undefined {
  const touched = touchedBy(ctx.proposal, ctx.store);
  if (goneReference(support, touched)) return 'sure';
  if (groupCount(ctx, printed(ctx, support)) >= 2) return 'sure';
  if (changesValuesOnly(ctx) && suggested(ctx, support)) return 'sure';
  if (datesMadeAbsolute(ctx, support)) return 'sure';
  return settledByRepository(ctx, support, touched) ? 'likely' : undefined;
}

/** What tools said of it: it gives an entry another value; for one to go, calls must have failed. */
function printed(ctx: GuardContext, { bearing }: Support): readonly Quote[] {
  if (!changesValuesOnly(ctx)) return [];
  const removes = ctx.proposal.operations.some(({ op }) => op === 'retire');
  const touched = touchedBy(ctx.proposal, ctx.store);
  const isOf = (quote: Quote): boolean => {
    const about = [
      quote.quote,
      eventOf(ctx, quote)?.tool?.command ?? '',
      eventOf(ctx, quote)?.tool?.path ?? '',
    ];
    const named = (entry: Entry): boolean =>
      specifics(entry.text).some(
        ({ kind, value }) =>
          kind !== 'negation' && kind !== 'number' && about.some((text) => text.includes(value)),
      );
    return isFailure(ctx, quote) && touched.every((entry) => named(entry) || speaksOf(entry, about));
  };
  return bearing.filter((quote) => (removes ? isOf(quote) : quote.trust === 'tool'));
}

/** (a) Git shows deleted or renamed what a touched entry names. */
function goneReference({ facts }: Support, touched: readonly Entry[]): boolean {
  return facts.some(({ fact, path }) => {
    const name = path.replace(/\/$/, '').split('/').at(-1) ?? path;
    return (fact === 'deleted' || fact === 'renamed') && touched.some((entry) => entry.text.includes(name));
  });
}

/** (c) A tool said "did you mean X", and X is what the entry will say or a file that is there. */
function suggested(ctx: GuardContext, support: Support): boolean {
  return support.bearing.some(({ trust, quote }) => {
    if (trust !== 'tool') return false;
    const [, name] =
      /\bdid you mean[^\p{L}\p{N}./@_-]+([\p{L}\p{N}./@_:-]*[\p{L}\p{N}_])/iu.exec(quote) ?? [];
    if (name === undefined) return false;
    const exists = [...ctx.repository.paths].some((path) => path === name || path.endsWith(`/${name}`));
    const writes = ctx.proposal.operations.some(
      (operation) => 'text' in operation && operation.text.includes(name),
    );
    return exists || writes;
  });
}

/** Relative dates became absolute by the date of the entry's commit, and nothing else changed. */
function datesMadeAbsolute(ctx: GuardContext, { entries }: Support): boolean {
  const { operations } = ctx.proposal;
  return (
    operations.length > 0 &&
    operations.every((operation) => {
      if (operation.op !== 'revise') return false;
      const entry = ctx.store.entries.get(operation.entry);
      const cited = entries.find((item) => item.entry === operation.entry);
      if (entry === undefined || cited?.at === undefined || !wroteThen(ctx, entry, cited.at)) return false;
      if (relativeDates(entry.text).length === 0) return false;
      return absoluteDates(entry.text, cited.at, ctx.config.dream.zone) === operation.text;
    })
  );
}

/** Git agrees that a line of the entry is from that time. */
function wroteThen({ repository }: GuardContext, entry: Entry, at: string): boolean {
  const origins = repository.origins.get(entry.file)?.slice(entry.lines[0] - 1, entry.lines[1]) ?? [];
  return origins.some((line) => line.at === at);
}

/**
 * Two entries contradict each other, and a lock file that is there speaks for the one that stays. Any other file proves
 * that it is there, and nothing of what either says.
 */
function settledByRepository(
  ctx: GuardContext,
  { facts, entries }: Support,
  touched: readonly Entry[],
): boolean {
  return touched.some(({ id, text }) =>
    entries.some((other) => {
      if (other.entry === id) return false;
      const trace = settlingTrace(ctx.repository, text, other.text);
      const cited = facts.some(({ fact, path }) => fact === 'exists' && path === trace?.path);
      return trace !== undefined && cited && words(other.text).includes(trace.tool);
    }),
  );
}
