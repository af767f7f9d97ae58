/** What a sentence claims to hold beyond the moment: rules, preferences and corrections; not tasks, questions or chat. */
import { words } from '../../text/words.ts';
import { isOfTheTeam, type Mark, ordersToWriteDown } from './frame-marks.ts';
import { unframe } from './frames.ts';
import { isTiedToNow } from './one-off.ts';
import { isChat, isQuestion, isSaying } from './speech.ts';
import { lessonText, stripPleasantries } from './wording.ts';

/** Makes a clause hold beyond the moment. */
const durable =
  /(?<!\bas )\b(?:always|never|ever|every ?time|next time|wherever|under no circumstances|forbidden|not allowed|mandatory|banned)\b/i;

/** All who work here: what they must, may not or always do is a rule. */
const everybody =
  /\b(?:everybody|everyone|nobody|no one|no-one|any(?:one|body)|who(?:so)?ever|all of us|all agents|we all|one|people|ppl|devs|developers|agents|the (?:whole )?team)\b[^,;:]{0,40}?\b(?:must|has to|have to|should|shall|needs? to|may|can|is to|are to|ought to|always|never|only|does not|doesn'?t|do not|don'?t|(?:is|are) (?:supposed|allowed|expected))\b/i;

/** What is worked on. What users and requests must do is what somebody wants built. */
const work = String.raw`(?:code|changes?|commits?|pull requests?|prs?|merge requests?|branch(?:es)?|tests?|suites?|fixtures?|functions?|methods?|class(?:es)?|types?|modules?|packages?|files?|components?|handlers?|endpoints?|migrations?|quer(?:y|ies)|imports?|dependenc(?:y|ies)|releases?|agents?|sessions?|scripts?|comments?|docs?|variables?|constants?|tables?|configs?|secrets?)`;

/** "All new code has to", "no handler may". */
const universal = new RegExp(
  String.raw`^(?:all|every|each|any|no)\b(?: [\w-]+){0,2}? ${work}\b[^,;:]{0,30}\b(?:must|has to|have to|should|shall|needs? to|may|can|(?:is|are) to)\b`,
  'i',
);

/** What a thing always does, "the test never fails", describes it; the verb of an order has no such ending. */
const described =
  /(?<!\b(?:we|you|one|agents|people|everybody|everyone|nobody)) \b(?:always|never|ever) (?!has to|needs to|goes|belongs|is to|as\b|pass\b|process\b|access\b|address\b|bypass\b|compress\b|discuss\b|guess\b|express\b|press\b|stress\b|less\b|unless\b|focus\b|canvas\b)[a-z]{2,}s\b/gi;

/** "all of us use pnpm": a habit of all. */
const habitOfAll = /^(?:all of us|we all|everybody|everyone|nobody|no one)(?: here)? \w+/i;

/** One thing and not the other. */
const contrast = /\b(?:instead of|rather than)\b|, (?:not|never)\b/i;

const habitual =
  /^(?:we|our team|the team|people(?: here)?) (?:always |never |only |usually |don'?t |do not |strictly |generally )?(?:use|prefer|run|write|keep|put|name|deploy|store|commit|squash|rebase|merge|test|format|lint|pin|tag|release|log|document|follow|require|expect|want|avoid|ship)\b/i;

/** Says how things are to be done, in a form that means more than one task. */
const preference =
  /^(?:(?:we )?(?:do not|don'?t)|avoid|stop|no more) \w+|^(?:i(?:'d| would)? prefer|prefer|only)\b|\b(?:should|must|has to|have to|needs? to|shall) (?:always |never |not |only |be |have |use |go |live |stay )|^(?:you|we|one|agents) (?:can'?t|cannot|mustn'?t|shouldn'?t|may not)\b|\b(?:is|are) (?:required|preferred)\b/i;

/** An order to all future work, where to keep things. */
const keepAll = /^(?:keep|put|store|track) (?:our|all|every|each|any)\b/i;
const keepOurs = /^(?:keep|put|store|track) our\b/i;

/** Starts with something that only the sentence before explains. */
const dangling =
  /^(?:it|this|that|these|those|they|them|he|she|here|there|which|such|same|both|either|neither|so|like (?:this|that)|not|must|should|has to|have to|needs? to|be able|for|of)\b(?! (?:repo|project|team|codebase|repository|monorepo|company))/i;

/** The object is only a pointer: "never do that", "don't use it". */
const danglingObject =
  /^(?:\S+\s+){0,3}?(?:this|that|it|them|these|those|so)\s*[.!]?$|^(?:please )?(?:don'?t|do not|never|always|stop) (?:do|doing|use|using|change|touch|run|call|add|remove)\s+(?:this|that|it|them|these|those|so|here)\b|^(?:(?:don'?t|do not|never|always) )?\w+ (?:it|them)\b/i;

const reasonClause =
  /\b(?:because|since|so that|otherwise|in order to|due to|to avoid|to prevent|as it|as they|as we)\b\s*(.{8,})$|[—–]\s*(.{12,})$/i;

/** Words no imperative begins with. */
const noImperative =
  /^(?:i|you|we|he|she|it|they|this|that|these|those|there|here|the|a|an|my|your|our|their|his|her|its|some|any|no|not|yes|if|when|while|because|since|as|and|or|but|so|then|also|maybe|perhaps|thanks?|thank|sorry|what|why|how|where|who|which|is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|may|might|shall|must|let|let'?s|looks?|seems?|sounds?|great|good|nice|perfect|okay?|sure|right|wrong|done|still|again|only|just|too|very|in|on|at|of|for|from|with|to|me|revert|undo|redo)\b/i;

/** People who speak of how they work. */
const speaksForAll = /^(?:we|our team|the team|all of us|everybody|everyone|nobody|no one)\b/i;

const wanted = /^(?:we|the team|they|customers|users) (?:want|need|would like)s? (?:the|an?|some|to|our)\b/i;

/** A rule that the product is to have. */
const built =
  /^(?:add|write|implement|create|define|introduce|set up) (?:an?|the|another|one more|new) (?:[\w-]+ )?(?:rule|policy|check|convention|standard)\b/i;

/**
 * What a thing is to be able to do, or to become, is built once: a task. What all things of a kind must do, and what must
 * hold each time, is a rule.
 */
const brought =
  /^(?:make|get|let) (?!sure\b|certain\b|use\b)(?:[\p{L}\p{N}`_./-]+ ){1,5}(?:(?:to )?(?:work|run|start|show|support|accept|handle|display|return|load|respond|compile|survive|send|remember)\b|(?:faster|smaller|quicker|nicer|bigger|larger|simpler|available|visible|configurable|optional|searchable|sortable)\b)/iu;
const eachTime =
  /\b(?:all|every|each|any|always|never|whenever|everything|nobody|only|new|agents?|sessions?|tests?|you)\b/i;

/** A motto may stand before it: "convention over configuration: make …". */
const motto = /^[\p{L} -]{3,40}: (?=make|get|let)/iu;

function isTask(body: string): boolean {
  const order = body.replace(motto, '');
  return brought.test(order) && !eachTime.test(order);
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
 * @param said what the sentences around it say of it.
 * @param opening nothing was done yet: what is ordered is the task, and a rule only where the words around it say so.
 */
export function statedClaim(
  sentence: string,
  correcting = false,
  said: ReadonlySet<Mark> = new Set(),
  opening = false,
): Claim | undefined {
  const text = (correcting ? asOrder(sentence) : undefined) ?? stripPleasantries(sentence);
  if (/\?\s*$/.test(text) || isSaying(text)) return undefined;
  const { body, marks } = unframe(correcting ? withoutReproach(text) : text);
  const lesson = lessonText(correcting ? body.replace(ourWay, '') : body);
  if (ordersToWriteDown(lesson)) return undefined;
  if (!sayable(lesson) || isQuestion(body) || isChat(body) || isTiedToNow(lesson)) return undefined;
  // What a team wants built is a task, whatever words of rule are in it.
  if (!correcting && wanted.test(body)) return undefined;
  if (isTask(body) && !marks.has('keep') && !said.has('keep')) return undefined;
  const framed = marks.size > 0 || said.size > 0;
  if (opening && built.test(text)) return undefined;
  if (opening && !framed && !speaksForAll.test(body) && !keepOurs.test(body)) return undefined;
  const general = framed || isGeneral(body);
  if (!general && !preference.test(body) && !contrast.test(body) && !(correcting && isImperative(lesson)))
    return undefined;
  const found = reasonClause.exec(text);
  const reason = found?.[1] ?? found?.[2];
  return { text: lesson, general, ...(reason === undefined ? {} : { reason }) };
}

/** "We" before what the agent should have done. */
const ourWay =
  /^we (?!(?:are|were|have|had|can|could|will|would|did|do|don'?t|never|always|all|need|want|got|get|just|only|must|should|may|might|talked|agreed)\b)(?=\p{L}+ )/iu;

/** "Don't do that, we …": what goes before only points at what was done. */
function withoutReproach(text: string): string {
  const [head = '', ...rest] = text.split(', ');
  const tail = rest.join(', ');
  const points =
    danglingObject.test(head) || /^(?:stop|drop|undo|revert|change) (?:it|this|that)\b/i.test(head);
  return points && /^(?:we|you|always|never|please)\b/i.test(tail) ? tail : text;
}

/** A question that is a reminder: "why didn't you …?", "didn't I say to …?" */
const reminder =
  /^(?:why (?:did|do)(?:n'?t| not) you|did(?:n'?t| not) i (?:say|tell you) to|have(?:n'?t| not) i (?:said|told you) to) (.+)\?$/iu;
/** A question that is a complaint: "why did you …?", "did you just …?" */
const complaint =
  /^(?:why (?:did|do|would) you(?: always| just| again)*|why does (?:every|each) (?:session|agent)|did you (?:just|really|again)|how (?:come you|could you)) (?=\p{L}+ )(.+)\?$/iu;

/** Praise that is none: "interesting choice to …". */
const irony =
  /^(?:interesting|nice|bold|brave|odd|strange|funny|curious) (?:choice|idea|move|decision|approach)(?: of yours)? to (?=\p{L}+ )(.+?)[.!]*$/iu;

function asOrder(sentence: string): string | undefined {
  const text = stripPleasantries(sentence);
  const deed = complaint.exec(text)?.[1] ?? irony.exec(text)?.[1];
  return deed === undefined ? reminder.exec(text)?.[1] : `don't ${deed}`;
}

function isGeneral(body: string): boolean {
  const ordered = body.replace(described, ' ');
  if (durable.test(ordered) || everybody.test(ordered)) return true;
  if ([universal, habitOfAll, keepAll].some((pattern) => pattern.test(body))) return true;
  return habitual.test(body) || isOfTheTeam(body);
}

function isImperative(lesson: string): boolean {
  if (noImperative.test(lesson) || finite.test(lesson)) return false;
  return words(lesson).length >= (lesson.includes('`') ? 3 : 4);
}

/** A verb that has a subject before it: what begins with it is no order. */
const finite = /^[\p{L}-]+(?: [\p{L}-]+)? (?:is|are|was|were|has|had|will|does)\b/iu;

const prohibition = /^(?:do not|don'?t|never|avoid|stop|no)\b|\b(?:not|never|\w+n't|nobody|no one)\b/i;

/** Says what not to do; what follows in the same breath may say what to do instead. */
export const forbids = (text: string): boolean => prohibition.test(text);
