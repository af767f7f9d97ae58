/** What a sentence claims to hold beyond the moment: rules, preferences and corrections; not tasks, questions or chat. */
import { words } from '../../text/words.ts';
import { lessonText, stripPleasantries } from './wording.ts';

/** Ties a sentence to the work at hand. */
const oneOff =
  /\b(?:this (?:pr|branch|commit|change|diff|task|issue|ticket|file|function|test|time|one|case|line|bug|error|session|release|fix|method|class|component|page)|right now|for now|for the (?:moment|time being)|until (?:i|we|you)|temporar(?:y|ily)|now|yet|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|month)|just now|when you(?:'re| are) (?:done|finished|ready)|before you (?:finish|stop|go|leave|are done)|once (?:you(?:'re| are)|it'?s|that'?s|this is) (?:done|finished|merged|ready)|after (?:this|that)|the (?:last|previous|current|latest|above|failing|following|other) (?:\w+)|above|below|as well|too|one more time|the (?:plan|diff|output|error|bug|issue|conflict|review|comment|feedback)s?)\b/i;

const ofTheTeam = /^(?:we|people|everybody|everyone|nobody|no one|one|in general|generally)\b/i;

/** Makes a sentence hold beyond the moment. */
const durable =
  /^(?:keep|put|store|write|track|document|log) (?:our|all|every|each|any)\b|(?<!\bas )\b(?:always|never)\b|\b(?:every ?time|next time|whenever|wherever|from now on|going forward|in general|generally|by default|as a rule|by convention|at all times|under no circumstances|ever|in (?:this|our) (?:repo(?:sitory)?|project|codebase|team|company|org(?:ani[sz]ation)?|monorepo|workspace)|our (?:convention|policy|standard|rule|practice|style|team|default)|the (?:rule|convention|policy|standard|practice|way we do it) (?:is|here is)|house (?:style|rule)|team (?:rule|convention|policy|standard)|around here|(?:that|this) is how we (?:work|do it))\b/i;

/** A title before the rule itself: "team policy: …", "the rule is: …". */
const ruleTitle =
  /^(?:(?:our|the|a|one|team|house|project|general|new)\s+)*(?:rule|policy|convention|standard|practice|guideline|way we do it)(?: (?:is|here is))?\s*[:—–-]\s*(?:to\s+)?/i;

const habitual =
  /^(?:we|our team|the team|people(?: here)?|this (?:repo|project|team|codebase)) (?:always |never |only |usually |don'?t |do not |strictly |generally )?(?:use|prefer|run|write|keep|put|name|deploy|store|commit|squash|rebase|merge|test|format|lint|pin|tag|release|log|document|follow|require|expect|want|avoid|ship|build|review|sign|call|target|support|track|version|host|read|load|generate|validate|wrap|return|throw|mock|cache|import|export|write)\b/i;

/** Binds everybody, so it is a rule. */
const everybody =
  /^(?:one|everybody|everyone|nobody|no one|no-one|anyone|all of us|all agents|agents|you always|you never|we all)(?: here| in the team)? (?:must|has to|have to|should|shall|needs? to|may|can|is to|ought to|always|never)\b|\bit is (?:important|required|mandatory|forbidden) (?:to|that)\b/i;

/** Says how things are to be done, in a form that means more than one task. */
const preference =
  /^(?:(?:please )?(?:do not|don'?t|never|avoid|stop|no more) \w+|prefer\b|only (?:use|run|commit|push|write|call|import|log)\b|[a-z]+ .{1,80}?\b(?:instead of|rather than|and not|, not|never)\b)|\b(?:should|must|has to|have to|needs? to|shall) (?:always |never |not |only |be |have |use |go |live |stay )|^(?:you|we|one|agents) (?:can'?t|cannot|mustn'?t|shouldn'?t|may not)\b|\b(?:is|are) (?:forbidden|not allowed|required|mandatory|banned|preferred)\b|\b(?:instead of|rather than)\b/i;

const question =
  /\?\s*$|^(?:what|why|how|where|who|when|which|is|are|was|were|does|did|do you|has|have|should (?:we|i)|shall)\b/i;

/** "always" and "never" in talk about feelings and the past, and about what the agent does. */
const chat =
  /^(?:always|never) (?:a|an|the|my|your|nice|good|great|fun|happy|glad|welcome|seen|been|had|heard|thought|knew|did|is|was|again|mind|saw|got)\b|^(?:i|you|he|she|it|that|this)(?:'ve|'re|'s| have| has)? (?:always|never|just|really|keep)\b(?! (?:use|run|write|commit|push|put|add|edit|touch|call))|\b(?:pleasure|surprise|job|work),? as always\b|[:;]-?[)D(]\s*$/i;

/** Starts with something that only the sentence before explains. */
const dangling =
  /^(?:it|this|that|these|those|they|them|he|she|here|there|which|such|same|both|either|neither|like (?:this|that)|not (?:this|that|it|like))\b(?! (?:repo|project|team|codebase|repository|monorepo|company))/i;

/** The object is only a pointer: "never do that", "don't use it". */
const danglingObject =
  /^(?:\S+\s+){0,3}?(?:this|that|it|them|these|those|so)\s*[.!]?$|^(?:please )?(?:don'?t|do not|never|always|stop) (?:do|doing|use|using|change|touch|run|call|add|remove)\s+(?:this|that|it|them|these|those|so|here)\b/i;

const reasonClause =
  /\b(?:because|since|so that|otherwise|in order to|due to|to avoid|to prevent|as it|as they|as we)\b\s*(.{8,})$|[—–]\s*(.{12,})$/i;

/** Words no imperative begins with. */
const noImperative =
  /^(?:i|you|we|he|she|it|they|this|that|these|those|there|here|the|a|an|my|your|our|their|his|her|its|some|any|no|not|yes|if|when|while|because|since|as|and|or|but|so|then|also|maybe|perhaps|thanks?|thank|sorry|what|why|how|where|who|which|is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|may|might|shall|must|let'?s|looks?|seems?|sounds?|great|good|nice|perfect|okay?|sure|right|wrong|done|still|again|only|just|too|very|in|on|at|of|for|from|with|to)\b/i;

export const isQuestion = (text: string): boolean => question.test(text.trim());

/** Said for the work at hand, and without a word that makes it last. */
export function isTiedToNow(text: string): boolean {
  const prose = text
    .replace(/`[^`]*`/g, ' ')
    .replace(durable, '')
    .replace(/\baround here\b/gi, '');
  // "Here" is the team where people speak of themselves, and this place in the code where they do not.
  return oneOff.test(prose) || (/\bhere\b/i.test(prose) && !ofTheTeam.test(prose.trim()));
}

/** Short enough to read, long enough to say something, and clear without the sentence before. */
export function sayable(text: string): boolean {
  const count = words(text).length;
  const fits = count >= 3 && count <= 45 && text.length <= 400;
  return fits && !dangling.test(text) && !danglingObject.test(text);
}

export interface Claim {
  readonly text: string;
  readonly general: boolean;
  readonly reason?: string;
}

/**
 * A general statement, or a preference that would have to recur; undefined for tasks, questions and chat.
 * @param correcting the words answer what an agent did: then a plain imperative is a preference too.
 */
export function statedClaim(sentence: string, correcting = false): Claim | undefined {
  const text = stripPleasantries(sentence).replace(ruleTitle, '');
  const ruled = ruleTitle.test(stripPleasantries(sentence));
  if (question.test(text) || chat.test(text)) return undefined;
  const lesson = lessonText(text);
  if (!sayable(lesson)) return undefined;
  const general = ruled || durable.test(text) || habitual.test(text) || everybody.test(text);
  if (!general && !preference.test(text) && !(correcting && isImperative(lesson))) return undefined;
  if (isTiedToNow(text)) return undefined;
  const found = reasonClause.exec(text);
  const reason = found?.[1] ?? found?.[2];
  return { text: lesson, general, ...(reason === undefined ? {} : { reason }) };
}

function isImperative(lesson: string): boolean {
  return !noImperative.test(lesson) && words(lesson).length >= 4;
}

const forbids = /^(?:please )?(?:do not|don'?t|never|avoid|stop|no)\b|\b(?:not|never|n't)\b/i;

/** One says what not to do, the next what to do instead: together they are one rule. */
export function completes(first: string, second: string): boolean {
  return forbids.test(first) && !forbids.test(second);
}

/** Begins as an answer to what was just done. */
const reacts =
  /^(?:no+\b|nope|nah|wrong|stop|don'?t|do not|not\b|never|actually|wait|ugh|hm+|argh|hey|please (?:don'?t|revert|undo)|revert|undo|i (?:already )?(?:said|told)|how (?:often|many times)|again\b|that'?s (?:wrong|not)|that breaks|instead of that|use .+ instead|why (?:do|did) you|you (?:forgot|can'?t|cannot|must|should|shouldn'?t|mustn'?t|have to|need to)|i don'?t want you to|we don'?t)\b/i;

export const isReaction = (sentence: string): boolean => reacts.test(sentence.trim());
