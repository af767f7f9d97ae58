/**
 * Whose words carry what a proposal writes. People's words may carry anything; that something was run, or failed, proves
 * what happens; what was only printed, read or said by an agent proves no rule, in however many sessions it stands.
 */
import type { Quote } from '../dream/evidence.ts';
import { readDiagnostics } from '../dream/gather/diagnostics.ts';
import { comparedText } from '../memory/entry.ts';
import { textsOf } from '../sessions/condense.ts';
import { specifics } from '../text/specifics.ts';
import { stems } from '../text/words.ts';
import { actionable } from './actionable.ts';
import type { GuardContext } from './context.ts';
import { asksToRemember } from './cues.ts';
import { eventOf, type Support } from './support.ts';
import { newText, touchedBy } from './written.ts';

/** Share of the words that are new in a text that must have been said, or done. */
const carriedShare = 1 / 4;
/** Where nobody asks to remember anything, more than this share must be theirs: one word in common is chance. */
const unaskedShare = 1 / 2;
/** So many new words are a value in place of another, and no new rule. */
const valueWords = 4;

/** Words that say how, not of what. */
const manner = new Set(
  stems('use run make keep put set add always must only instead should can need want prefer ensure remember'),
);
const negations = new Set(stems('not never'));
const saysNo =
  /\b(?:no|not|never|none|nothing|nobody|without|stop|avoid|instead|rather|unless|wrong|drop(?:ped)?|skip|removed?|forbidden|banned|leave|quit|cannot|only|gone|kein\w*|nicht|nie(?:mals)?|ohne|ne|pas|jamais|sans|nunca|sin|não|mai|senza)\b|n['’]t\b|[不没别勿無]|ない|ません/iu;

/** The words of what is written that the entries it touches do not have. */
function newWords({ proposal, store }: GuardContext): readonly string[] {
  const known = new Set(touchedBy(proposal, store).flatMap((entry) => stems(comparedText(entry))));
  const written = proposal.operations.flatMap((each) => ('text' in each ? stems(each.text) : []));
  return [...new Set(written)].filter((stem) => !known.has(stem));
}

const freshWords = (ctx: GuardContext): readonly string[] =>
  newWords(ctx).filter((stem) => !manner.has(stem));

/** @returns why people's words do not carry the text, as a sentence; undefined when they do. */
export function notSaid(ctx: GuardContext, support: Said): string | undefined {
  const said = saidIn(ctx, support);
  const fresh = freshWords(ctx);
  if (fresh.some((stem) => negations.has(stem)) && !said.some((text) => saysNo.test(text)))
    return 'It says “not” or “never”, and nobody cited does.';
  // An entry that people speak of gets another value.
  if (isSmall(ctx, fresh)) return undefined;
  const asked = said.some(asksToRemember) && !namesUnsaid(ctx, said);
  return isCarried(fresh, said) && (asked || shareOf(fresh, said) > unaskedShare)
    ? undefined
    : 'The people cited do not say it: its words are not theirs.';
}

type Said = Pick<Support, 'quotes' | 'comments'>;

/** Whether people said only a part of it, or said it in other words: then somebody should compare them. */
export const partlySaid = (ctx: GuardContext, support: Said): boolean =>
  shareOf(newWords(ctx), saidIn(ctx, support)) < unaskedShare;

function saidIn(ctx: GuardContext, { quotes, comments }: Said): readonly string[] {
  return [
    ...quotes.flatMap((quote) => wordsOfPeople(ctx, quote)),
    ...comments.flatMap(({ quote, url }) => [quote, ctx.comments?.get(url)?.text ?? '']),
  ];
}

/** It names a path, a command or a number that none of them named, nor an entry that it touches. */
function namesUnsaid(ctx: GuardContext, said: readonly string[]): boolean {
  const known = [...said, ...touchedBy(ctx.proposal, ctx.store).map(comparedText)].map(folded);
  return ctx.proposal.operations
    .flatMap((each) => ('text' in each ? specifics(each.text) : []))
    .some(({ kind, value }) => kind !== 'negation' && !known.some((text) => text.includes(folded(value))));
}

/** What they said in that turn, and nothing that was pasted into it. */
function wordsOfPeople(ctx: GuardContext, quote: Quote): string[] {
  if (quote.trust !== 'person' && quote.trust !== 'claimed') return [];
  const spans = eventOf(ctx, quote)?.spans ?? [];
  return spans.filter(({ trust }) => trust === 'person' || trust === 'claimed').map(({ text }) => text);
}

/** @returns why neither what people said nor what was done carries the text; undefined when one does. */
export function notDone(ctx: GuardContext, support: Support): string | undefined {
  if (notSaid(ctx, support) === undefined) return undefined;
  const called = support.bearing.flatMap((quote) => callsOf(ctx, quote));
  const found = support.bearing.filter((quote) => isFinding(ctx, quote)).map(({ quote }) => quote);
  const failed = support.bearing.filter((quote) => isFailure(ctx, quote)).map(({ quote }) => quote);
  const texts = newText(ctx.proposal);
  // That it fails, a failure says; what to do about it, only what was done.
  const orders = texts.some((text) => directs.test(text));
  const done = orders ? [...called, ...found] : [...called, ...found, ...failed];
  if (!isCarried(freshWords(ctx), done))
    return 'It was only read or printed: nobody said it, and nothing was done by it.';
  return neverRun(ctx, support, texts);
}

const directs =
  /\b(?:always|never|must|should|shall|do not|ha(?:s|ve) to|needs? to|required?|did you mean)\b|\b(?:do|must|should)n['’]t\b/i;

/** @returns that nobody ran or named what a text has agents run, open or install; undefined when somebody did. */
export function neverRun(ctx: GuardContext, support: Support, texts: readonly string[]): string | undefined {
  const known = [
    ...ctx.store.files.map(({ text }) => text),
    ...support.quotes.flatMap((quote) => [...callsOf(ctx, quote), ...wordsOfPeople(ctx, quote)]),
    ...support.comments.map(({ quote }) => quote),
  ].map(folded);
  const values = texts.flatMap(actionable);
  const strange = values.filter((value) => !known.some((text) => holds(text, folded(value))));
  const share = ctx.proposal.lesson === 'workflow' ? uncitedShare : 0;
  return strange.length > values.length * share
    ? 'It names a command, an address or a package that nobody typed and no agent used.'
    : undefined;
}

/** Of the steps of a workflow, which are many, half are cited. */
const uncitedShare = 1 / 2;

/** `make image TAG=<arg>` was run with anything in place of `<arg>`. */
const holds = (text: string, value: string): boolean =>
  value.split(placeholder).every((part) => text.includes(part.trim()));
const placeholder = /<[\w-]{1,40}>/;

/** Numbers differ from run to run. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').replace(/\d+/g, '0').toLowerCase();

/** What was called, and with what. */
function callsOf(ctx: GuardContext, quote: Quote): readonly string[] {
  const event = eventOf(ctx, quote);
  if (event === undefined) return [];
  return event.kind === 'tool_call' ? textsOf(event) : textsOf({ ...event, spans: [] });
}

/** A call came back with an error, or empty. */
export const isFailure = (ctx: GuardContext, quote: Quote): boolean =>
  quote.trust === 'tool' && eventOf(ctx, quote)?.ok === false;

/** A line of a linter or compiler. */
function isFinding(ctx: GuardContext, quote: Quote): boolean {
  if (quote.trust !== 'tool') return false;
  const printed = eventOf(ctx, quote)?.spans.filter(({ trust }) => trust === 'tool') ?? [];
  return printed.some(({ text }) =>
    readDiagnostics(text).some(({ line }) => line.includes(quote.quote.trim())),
  );
}

/** Somebody or something did it: an agent called, a call failed, a linter complained, a person spoke. */
export function isDeed(ctx: GuardContext, quote: Quote): boolean {
  const said = quote.trust === 'person' || quote.trust === 'claimed';
  return said || isFailure(ctx, quote) || isFinding(ctx, quote) || eventOf(ctx, quote)?.kind === 'tool_call';
}

const isCarried = (fresh: readonly string[], by: readonly string[]): boolean =>
  shareOf(fresh, by) >= carriedShare;

function shareOf(fresh: readonly string[], by: readonly string[]): number {
  const content = fresh.filter((stem) => !negations.has(stem));
  const held = new Set(by.flatMap((text) => stems(text)));
  return content.length === 0 ? 1 : content.filter((stem) => held.has(stem)).length / content.length;
}

/** An entry says another value, and nothing else is new: more than that no output can prove. A "not" is no value. */
export function changesValuesOnly(ctx: GuardContext): boolean {
  const fresh = freshWords(ctx);
  return isSmall(ctx, fresh) && !fresh.some((stem) => negations.has(stem));
}

const isSmall = ({ proposal }: GuardContext, fresh: readonly string[]): boolean =>
  proposal.kind !== 'learn' &&
  fresh.length <= valueWords &&
  !proposal.operations.some(({ op }) => op === 'add');

/** Words that tell of an end: without one of them nobody has said that an entry should go. */
const ends =
  /\b(?:no longer|any ?more|gone|dead|die[sd]|removed?|removing|delet\w+|dropp?\w*|replac\w+|instead|obsolete|outdated|stale|wrong|deprecat\w+|retir\w+|not|never|no|n['’]t|stop\w*|forget|forgotten|get rid|kill\w*|ditch\w*|moved|migrat\w+|switch\w*|renam\w+|now|used to|formerly|ended|shut|over|nicht|kein\w*|weg|veraltet|plus|fini|ya no|obsoleto)\b|n['’]t\b|不再|没有|廃止|もう/iu;

export const tellsOfAnEnd = (said: readonly string[]): boolean => said.some((words) => ends.test(words));
