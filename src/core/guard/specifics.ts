/** specifics: what a merged or revised entry says in particular survives, or the evidence names what took its place. */
import type { Evidence } from '../dream/evidence.ts';
import { readSaid, replacedValue } from '../dream/said/replaced.ts';
import type { Entry } from '../memory/entry.ts';
import { lostByClaim } from '../text/claim/same-claim.ts';
import { absoluteDates, relativeDates } from '../text/dates.ts';
import { lostSpecifics, specifics as specificsOf, type Specific } from '../text/specifics.ts';
import { negated } from '../text/negations.ts';
import { stems } from '../text/words.ts';
import { lostClause } from './clauses.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';
import { at, writtenBy, type Written } from './written.ts';

const { block } = findingsOf('specifics');

/** A rewording keeps at least this share of an entry's words, if the entry is not to be corrected. */
const leastWords = 0.4;
const named = 4;

export const specifics: Check = {
  name: 'specifics',
  check: (ctx) =>
    writtenBy(ctx.proposal, ctx.store).flatMap((written) => {
      const found = [...lost(written, ctx), ...hollowed(written, ctx)];
      return found.length > 0 ? found : leftOut(written, ctx);
    }),
};

function lost(written: Written, ctx: GuardContext): Finding[] {
  const missing = unsupportedLosses(written, ctx);
  if (missing.length === 0) return [];
  const values = missing.slice(0, named).map(({ kind, value }) => `${value} (${kind})`);
  const rest = missing.length > named ? ` and ${missing.length - named} more` : '';
  return [
    block(
      `${written.over.map(at).join(', ')} would lose ${values.join(', ')}${rest}, and no evidence says why.`,
    ),
  ];
}

/** Specifics of the entries that the new text lacks and that no evidence speaks of. */
export function unsupportedLosses(written: Written, ctx: GuardContext): Specific[] {
  if (written.over.length === 0) return [];
  const before = written.over.map((entry) => entry.text);
  const missing = lostByClaim(before, written.text);
  if (missing.length === 0 || onlyDates(written, ctx)) return [];
  if (ctx.proposal.kind === 'merge' || ctx.proposal.kind === 'reorganise') return missing;
  const said = ctx.proposal.evidence.flatMap((item) => saidBy(item));
  if (before.every((text) => replacedValue(text, readSaid(said.join('\n')))?.text === written.text))
    return [];
  const fresh = lostSpecifics([written.text], before.join('\n'));
  return missing.filter((specific) => !explained(specific, fresh, said, written.over));
}

/** Entries are what is changed, and echo is memory: neither can say what replaces it. */
function saidBy(item: Evidence): string[] {
  switch (item.type) {
    case 'quote':
      return item.trust === 'echo' ? [] : [item.quote];
    case 'comment':
      return [item.quote];
    case 'fact':
      return [item.path, ...(item.to === undefined ? [] : [item.to])];
    case 'entry':
    case 'unattributed':
      return [];
  }
}

/**
 * The evidence names the value that goes, or says that the one of its kind that comes is what holds of this. To say that
 * another thing holds as well is no reason for the first to go: two commands may both be run before a push.
 */
function explained(
  gone: Specific,
  fresh: readonly Specific[],
  said: readonly string[],
  over: readonly Entry[],
): boolean {
  if (gone.kind === 'negation') return said.some((text) => sameNegation(gone, text)) || said.some(denies);
  if (said.some((text) => mentions(text, gone))) return true;
  const replacements = fresh.filter(
    (each) => each.kind !== 'negation' && isMeasure(each) === isMeasure(gone),
  );
  if (replacements.some((each) => said.some((text) => putsInPlace(text, each, gone, over)))) return true;
  return fresh.some((each) => each.kind === gone.kind && differsAsSaid(gone.value, each.value, said));
}

/** Words that tell of a change, or that something was wrong. */
const tellsOfChange =
  /\b(?:(?<!from )now(?! on)|changed?|moved|switch(?:ed)?|migrated|replaced|renamed|became|became|instead|rather|any ?more|no longer|these days|by now|nowadays|since|wrong|outdated|stale|obsolete|incorrect|not|n['’]t|no|nope|actually|correction|should be|called)\b/i;
/** Share of what an entry says besides its values that a person must speak of to mean this one. */
const sameSubject = 0.4;

/** A text says that a value is what holds where another stood. */
function putsInPlace(text: string, fresh: Specific, gone: Specific, over: readonly Entry[]): boolean {
  if (!mentions(text, fresh) || isDenied(text, fresh)) return false;
  // Of a number, a version or a date there is one at a time; of commands, names and paths there may be many.
  const exclusive = isMeasure(fresh) && isMeasure(gone);
  return tellsOfChange.test(text) || (exclusive && over.some((entry) => isSubject(text, entry)));
}

/** "Don't ever run X" names X, and puts it in no place. */
function isDenied(text: string, { value }: Specific): boolean {
  const wanted = stems(value);
  return negated(text).some(
    ({ negation, scope }) => negation !== 'only' && wanted.some((stem) => scope.includes(stem)),
  );
}

function isSubject(text: string, entry: Entry): boolean {
  const values = new Set(specificsOf(entry.text).flatMap(({ value }) => stems(value)));
  const rest = [...new Set(stems(entry.text))].filter((stem) => !values.has(stem));
  const spoken = new Set(stems(text));
  return rest.filter((stem) => spoken.has(stem)).length >= rest.length * sameSubject;
}

/** A whole line of code in which only what the evidence speaks of was exchanged. */
function differsAsSaid(before: string, after: string, said: readonly string[]): boolean {
  const parts = (text: string): string[] =>
    text.split(/\s+/).map((part) => part.replace(/^["'(]+|["'),.:;]+$/g, ''));
  const stays = new Set(parts(after));
  const changed = parts(before).filter((part) => part !== '' && !stays.has(part));
  if (changed.length === 0 || changed.length * 2 > parts(before).length) return false;
  return changed.every((part) => said.some((text) => text.includes(part)));
}

/** A number is replaced by a number; names, paths and commands may stand for each other. */
const isMeasure = ({ kind, value }: Specific): boolean =>
  kind === 'number' || kind === 'version' || kind === 'date' || /^\d[\d.:-]*$/.test(value);

const sameNegation = (gone: Specific, text: string): boolean =>
  specificsOf(text).some(({ kind, value }) => kind === 'negation' && value === gone.value);

/** "allowed", "fine now", "no need": a prohibition that was lifted. */
const denies = (text: string): boolean =>
  /\b(?:allowed|ok(?:ay)?|fine|can (?:now )?|may (?:now )?|no need|no longer|any ?more)\b/i.test(text);

/** Whether a text names a value; the path of a fact may be longer than the reference to it. */
function mentions(text: string, specific: Specific): boolean {
  if (lostSpecifics([quoted(specific)], text).length === 0) return true;
  const words = new Set(stems(text));
  const value = stems(specific.value);
  return value.length > 0 && value.every((stem) => words.has(stem));
}

const quoted = ({ kind, value }: Specific): string =>
  kind === 'command' || kind === 'name' ? `\`${value}\`` : value;

function onlyDates({ over: [entry, ...others], text }: Written, ctx: GuardContext): boolean {
  if (entry === undefined || others.length > 0 || relativeDates(entry.text).length === 0) return false;
  const origins = ctx.repository.origins.get(entry.file)?.slice(entry.lines[0] - 1, entry.lines[1]) ?? [];
  return origins.some((line) => absoluteDates(entry.text, line.at, ctx.config.dream.zone) === text);
}

/** A second sentence without a number or a name goes unnoticed, and is lost all the same. */
function leftOut(written: Written, ctx: GuardContext): Finding[] {
  const rearranges = ctx.proposal.kind !== 'correct' && ctx.proposal.kind !== 'retire';
  const lost = lostClause(written, rearranges ? [] : ctx.proposal.evidence.flatMap((item) => saidBy(item)));
  return lost === undefined
    ? []
    : [block(`It leaves out what ${written.over.map(at).join(', ')} says of: ${lost}.`)];
}

/** An entry may have no numbers or names and still say something of its own. */
function hollowed(written: Written, { proposal }: GuardContext): Finding[] {
  if (proposal.kind === 'correct' || proposal.kind === 'retire') return [];
  const kept = new Set(stems(written.text));
  const hollow = written.over.find((entry) => {
    const words = [...new Set(stems(entry.text))];
    return words.filter((stem) => kept.has(stem)).length < words.length * leastWords;
  });
  return hollow === undefined ? [] : [block(`Little of what ${at(hollow)} says would remain.`)];
}
