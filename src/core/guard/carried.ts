/**
 * Merging, moving and promoting rearrange what memory says: they may bring nothing in and leave nothing out, because no
 * session has to speak for them.
 */
import { comparedText, type Entry } from '../memory/entry.ts';
import { titleOf } from '../memory/index-file.ts';
import { lostSpecifics } from '../text/specifics.ts';
import { stems } from '../text/words.ts';
import type { GuardContext } from './context.ts';
import { at, touchedBy, writtenBy } from './written.ts';

/** A merged wording may add a word or two that joins; more than this share is a new statement. */
const mostNewWords = 1 / 4;
/** Of a retired duplicate's words, at least these must stand in what stays. */
const leastKept = 0.6;

/** @returns why it is more than a rearrangement; undefined when all text is carried over. */
export function notCarried(ctx: GuardContext): string | undefined {
  return broughtIn(ctx) ?? leftOut(ctx);
}

function broughtIn(ctx: GuardContext): string | undefined {
  const touched = touchedBy(ctx.proposal, ctx.store);
  const known = new Set([
    ...touched.flatMap((entry) => stems(comparedText(entry))),
    // A pointer ("see memory/testing.md") or a line of an index ("[Testing](testing.md)") names a file of the memory.
    ...ctx.store.files.flatMap(({ path }) => stems(`${path} ${baseName(path)} ${titleOf(path)}`)),
    ...ctx.proposal.operations.flatMap((operation) => ('file' in operation ? stems(operation.file) : [])),
  ]);
  const written = [...new Set(writtenBy(ctx.proposal, ctx.store).flatMap(({ text }) => stems(text)))];
  const fresh = written.filter((stem) => !known.has(stem));
  // What stands on no entry has nothing to join.
  const allowed = touched.length === 0 ? 0 : Math.max(2, Math.floor(written.length * mostNewWords));
  if (fresh.length > allowed)
    return 'It brings in words that none of the entries has; that needs evidence of its own.';
  const sources = touched.map((entry) => entry.text).join('\n');
  const strange = writtenBy(ctx.proposal, ctx.store).flatMap(({ text, file }) =>
    lostSpecifics([text], `${sources}\n${file}`).filter(({ value }) => !namesMemory(value, ctx)),
  );
  const [first] = strange.filter(({ kind }) => kind !== 'negation');
  return first === undefined ? undefined : `It brings in ${first.value}, which none of the entries names.`;
}

const namesMemory = (value: string, { store, proposal }: GuardContext): boolean =>
  store.files.some((file) => file.path.endsWith(value)) ||
  proposal.operations.some((operation) => 'file' in operation && operation.file.endsWith(value));

function leftOut(ctx: GuardContext): string | undefined {
  const { proposal, store } = ctx;
  const retired = proposal.operations.flatMap((operation) => {
    const entry = operation.op === 'retire' ? store.entries.get(operation.entry) : undefined;
    return entry === undefined ? [] : [entry];
  });
  if (retired.length === 0) return undefined;
  const touched = new Set(touchedBy(proposal, store).map(({ id }) => id));
  const stays = [
    ...writtenBy(proposal, store).map(({ text }) => text),
    ...[...store.entries.values()].filter(({ id }) => !touched.has(id)).map(comparedText),
  ];
  const gone = retired.find((entry) => !stays.some((text) => keeps(text, entry)));
  return gone === undefined ? undefined : `${at(gone)} goes, and no other entry says the same.`;
}

function keeps(text: string, entry: Entry): boolean {
  const words = [...new Set(stems(entry.text))];
  const there = new Set(stems(text));
  const kept = words.filter((stem) => there.has(stem)).length;
  return kept >= words.length * leastKept && lostSpecifics([entry.text], text).length === 0;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
