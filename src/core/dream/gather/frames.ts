/**
 * Takes the frame off a rule: "it is team convention that we", "note for all later sessions:", ", no exceptions". A frame
 * is found by its words, not by its phrase: a stretch up to a colon, a comma, "that", "to" or the next subject whose words
 * all belong to the vocabulary of frames (`frame-words.ts`). What is left is what the person wants done.
 */
import {
  isFrameWord,
  isFunctionWord,
  keepingVerbs,
  lasting,
  norms,
  reactions,
  stores,
  wordsOf,
} from './frame-words.ts';

/** `keep`: asks to remember, or says that it holds from now on. `rule`: says that it is a rule, and of whom. */
export type Mark = 'keep' | 'rule';

export interface Framed {
  /** What is left, verbatim but for a "Never" in place of "it is forbidden to"; empty when all is frame. */
  readonly body: string;
  readonly marks: ReadonlySet<Mark>;
}

const recall = String.raw`(?:(?:always )?(?:rem\w{0,3}ber|memori[sz]e)|(?:note|jot)(?: down)?|write down|noting|(?:keep|keeping|bear) in mind|(?:don'?t|do not|never) (?:ever )?forget|take note|make (?:yourself )?a (?:mental )?note|learn|internali[sz]e|memo|memory|reminder|note to self|mental note)`;
const address = String.raw`(?:(?:(?:things? |something |(?:one|another) thing )?to(?= (?:rem|note|memor|keep in|bear))|please|pls|plz|kindly|also|and|so|but|then|do|just|(?:can|could|would|will) (?:you|u|we)|would you mind|i (?:want|need|would like|'?d like)(?: for)? you to|i(?: would|'d) like that you|i(?: would|'d) (?:appreciate|love|like) it if you|if you could|you (?:should|must|need to|have to)|make sure (?:to|you)|let'?s|it would be (?:nice|good|great|kind) if you could)\s+)*`;

/** Verbs of remembering ask for memory by themselves, where they are said to the agent. */
const recalls = new RegExp(`^${address}${recall}(?![\\w-])`, 'i');
const keepsThis =
  /\b(?:write|note|jot|pin|keep|save|store|record|persist|document|commit|remember\w*|learn|memori[sz]e)\b (?:this|that|it|these|them|the following|down|one)\b/i;
const neverAgain = /\bnever\b.*\b(?:again|time|repeat|discuss|say|tell|ask)\b/i;
/** For how long, or from when on. */
const fromNow =
  /\b(?:from (?:now|here|today|this (?:point|day|moment))(?: on(?:wards?)?| forward)?|going forward|as of (?:now|today)|in (?:the )?future|for (?:the )?future|for (?:later|posterity)|in all future|starting (?:today|now)|next time|(?:all|every|each|any|later|future|new) (?:\w+ )?(?:sessions?|agents?|runs?)|future (?:work|tasks?|changes|prs?)|(?:every|each) time|permanent(?:ly)?|for good|forever|henceforth|long[- ]term)\b/i;
const ofTheTeam =
  /\bwe (?:always|never) do (?:this|that|it)\b|\b(?:in|on|at|for|across|throughout) (?:(?:all|any|each|every|most)(?: of)? )?(?:this|our|the (?:whole|entire)|these)(?: whole| entire)? (?:code ?base|code base|code|repo(?:sitor(?:y|ies))?s?|projects?|monorepo|company|org(?:ani[sz]ation)?|team|product|workspace|house|modules|teams|services)\b|\baround here\b/i;
const rulesItself =
  /\b(?:in general|general(?:ly)?|usually|normally|by default|as a (?:rule|matter)|(?<!\bin )common|mandatory|required|obligatory|supposed|each and every time|at all times|under no circumstances|no matter|important|exceptions?|ever|standing order|a must|as a team|our (?:\w+ )?(?:way|style|approach)|strict(?:ly)?|whenever|every ?time|the way we|how (?:we|this team|the team|our team)|rule of thumb|(?:right|proper|correct|usual) way (?:is|here))\b/i;

/** Where notes are kept, as the place something is to go to. */
const intoMemory =
  /\b(?:in|into|for|to) (?:(?:the|our|your|my|this|project|agents?'?|team) )*(?:memory|memories|claude\.md|agents\.md|gemini\.md|notes|instructions)\b(?!.*\b(?:says?|said|claims?|wrong|stale|outdated|old)\b)/i;
/** What notes are to say: "could the agents file say that". */
const toBeSaid =
  /\b(?:can|could|should|must|let)\b.*\b(?:memory|memories|claude\.md|agents\.md|agents? (?:file|documentation)|instructions|guidelines|rules file)\b.*\b(?:say|state|mention|list|reflect)\b/i;
/** A rule that is named before it is told: "the rule that", "our habit to", "required to". */
const named = new RegExp(
  String.raw`\b(?:rules?|polic(?:y|ies)|conventions?|standards?|practi[cs]e|habit|principle|guidelines?|agreement|agreed|decided|supposed|required|mandatory|obliged|expected)(?: (?:is|are|was|here|now))? (?:that|to)$`,
  'i',
);

interface Cut {
  readonly head: string;
  readonly rest: string;
  readonly by: 'mark' | 'comma' | 'word' | 'subject';
}

const boundaries: readonly (readonly [RegExp, Cut['by']])[] = [
  [/\s*(?::|[—–](?=\s)|\s-)\s+|:\s*(?=["“*])/g, 'mark'],
  [/,\s+/g, 'comma'],
  // "To" before a noun is no beginning of an order: "add a rule to the linter config".
  [
    /(?:\s(?:that|says?|to(?!\s+(?:an?|the|my|your|our|their|this|these|those|each|every|all|some|any|it|them|us|me|you)\s)))+\s+(?=\S)/g,
    'word',
  ],
  [
    /\s(?=(?:we|you|one|everyone|everybody|nobody|no one|people|devs|developers|agents|always|never|do not|don'?t|please|pls|only)\s)/gi,
    'subject',
  ],
];

/** Longer stretches are sentences of their own. */
const longestHead = 25;

const insideCode = (text: string, at: number): boolean => (text.slice(0, at).split('`').length - 1) % 2 === 1;

function cutsOf(text: string): Cut[] {
  return boundaries.flatMap(([pattern, by]) =>
    [...text.matchAll(pattern)]
      .filter((match) => !insideCode(text, match.index))
      .map((match) => ({
        by,
        head: (text.slice(0, match.index) + (by === 'word' ? match[0] : '')).trim(),
        rest: text.slice(match.index + match[0].length),
      })),
  );
}

const lastClause = (head: string): string => head.split(/[,;.]\s+/).at(-1) ?? head;

function has(words: readonly string[], set: ReadonlySet<string>): boolean {
  return words.some((word) => set.has(word));
}

/** Speaks of all work on the project, wherever in a sentence it stands. */
export const isOfTheTeam = (text: string): boolean => ofTheTeam.test(text) || rulesItself.test(text);

/** What a stretch says about the rule beside it. */
export function marksOf(stretch: string): Set<Mark> {
  const words = wordsOf(stretch);
  const marks = new Set<Mark>();
  // "Your note is wrong" asks for nothing; "note that" is found above.
  const keeps = keepsThis.test(stretch) || words.some((word) => word !== 'note' && keepingVerbs.has(word));
  const kept = keeps && (has(words, stores) || has(words, lasting));
  if (toBeSaid.test(stretch)) marks.add('keep');
  if (recalls.test(stretch) || kept || fromNow.test(stretch) || neverAgain.test(stretch)) marks.add('keep');
  if (has(words, norms) || isOfTheTeam(stretch)) marks.add('rule');
  return marks;
}

/** A concession names what does not count: "no matter what the ticket says". */
const concession = /^(?:no matter (?:what|how|who|if|whether)|whatever|regardless of|even if|however)\b/i;

/** A subordinate clause says when a rule holds: it is part of it. */
const condition = /^(?:if|when|while|once|after|before|unless|until|where|because|as soon as|in case)\b/i;

/** Share of a stretch that must be frame before a colon, which marks the frame by itself. */
const mostly = 0.6;

/** How much of a stretch is frame, 0 to 1. */
function shareOfFrame(stretch: string): number {
  const words = wordsOf(stretch.replace(fromNow, ' '));
  return words.length === 0 ? 1 : words.filter(isFrameWord).length / words.length;
}

function frameOf({ head, by }: Cut): { readonly marks: ReadonlySet<Mark> } | undefined {
  const clause = by === 'comma' ? head : lastClause(head);
  const words = wordsOf(clause);
  if (by === 'word' && named.test(head) && words.length <= longestHead && !denies.test(clause))
    return { marks: new Set(['rule']) };
  if (by === 'comma' && concession.test(head)) return { marks: new Set(['rule']) };
  if (words.length === 0 || wordsOf(head).length > longestHead) return undefined;
  const share = shareOfFrame(clause);
  const marks = marksOf(clause);
  if (by === 'mark') return beforeMark(head, clause, share, marks);
  if (share < 1 || (condition.test(clause) && !ofTheTeam.test(clause))) return undefined;
  if (by === 'comma')
    return marks.size > 0 || has(words, reactions) || remark.test(clause) ? { marks } : undefined;
  if (/\b(?:revert|undo|redo|stop)\b/i.test(clause)) return undefined;
  const reason = by === 'subject' && has(words, reactions) && /\b(?:since|because|as)$/i.test(clause);
  return marks.size > 0 || reason ? { marks } : undefined;
}

/** A colon marks a frame by itself, so that most of the words are enough; purposes and talk of oneself go with it. */
function beforeMark(
  head: string,
  clause: string,
  share: number,
  marks: Set<Mark>,
): { readonly marks: ReadonlySet<Mark> } | undefined {
  if (share >= mostly && (intoMemory.test(clause) || keptForGood.test(head))) marks.add('keep');
  if (share === 1) return { marks: keepsThis.test(clause) ? marks.add('keep') : marks };
  if (sparing.test(head) && share >= mostly) return { marks };
  const named = marks.has('keep') || has(wordsOf(clause), norms) || rulesItself.test(clause);
  if (named && share >= mostly) return { marks };
  const whole = marksOf(head);
  if (/^so\b/i.test(clause) && whole.has('keep')) return { marks: whole };
  return /^(?:i|i'm|we're)\b/i.test(clause) && share >= mostly ? { marks } : undefined;
}

const keptForGood = /\bto be (?:kept|noted|remembered|recorded|stored)\b/i;

/** For whose sake it is said: "to spare the next agent this". */
const sparing = /^(?:to|so that)\b.*\b(?:agents?|sessions?|you|me|i|we|us)\b/i;

/** Says nothing of the matter: "just so you know", "that isn't how this works". */
const remark = /^(?:just|so|that|this|it|as|what|how|well|btw|the|another|one|you)\b/i;

const forbidding =
  /\b(?:forbidden|not (?:allowed|permitted|ok(?:ay)?|acceptable)|prohibited|banned|against (?:our|the) \w+)\b(?:.*\sto)?$/i;
/** A head that denies cannot be dropped: "nobody is allowed to". */
const denies =
  /\b(?:nobody|no one|no-one|none of us|no circumstances|not|never|\w+n['’]t|dont|doesnt|cant|wont|isnt)\b/i;

function withoutHead(text: string): { readonly rest: string; readonly marks: ReadonlySet<Mark> } | undefined {
  const found = cutsOf(text)
    .map((cut) => ({ cut, frame: frameOf(cut) }))
    .filter(({ cut, frame }) => frame !== undefined && cut.rest.trim() !== '')
    .sort((a, b) => rankOf(b.cut) - rankOf(a.cut));
  for (const { cut, frame } of found) {
    if (frame === undefined) continue;
    const keeps = cut.by === 'word' || cut.by === 'subject';
    if (forbidding.test(cut.head) && /\b(?:should|must|to) be\b/i.test(cut.head)) continue;
    if (forbidding.test(cut.head) && keeps) return { rest: `never ${cut.rest}`, marks: new Set(['rule']) };
    if (keeps && denies.test(lastClause(cut.head)) && !recalls.test(lastClause(cut.head))) continue;
    return { rest: cut.rest, marks: frame.marks };
  }
  return undefined;
}

/** The longest head goes first: all before the rule is frame. */
const rankOf = (cut: Cut): number => cut.head.length;

/** Adverbs of time and degree right before the rule, without a mark between. */
const leadIn =
  /^#?(?:(?:so|and|but) )?(?:memory|remember|from (?:now|here|today|this (?:point|day|moment))(?: on(?:wards?)?| forward)?|going forward|starting (?:today|now)|as of (?:now|today)|in (?:the )?future|for (?:the )?future(?: reference)?|henceforth|next time|(?:please )?(?:note|remember))\s+(?!that\b|to\b|when\b|in\b)(?=\S)/i;
const leadOut =
  /[\s,;.(—–-]+(?:in (?:every|each|all|any) (?:\w+ )?sessions?|from (?:now|here) on(?:wards?)?|going forward|in (?:the )?future|for (?:the )?future(?: reference)?|permanently)[\s).!]*$/i;

/** A remark at the end that is nothing but frame. */
function withoutTail(text: string): { readonly rest: string; readonly marks: ReadonlySet<Mark> } | undefined {
  const lead = leadOut.exec(text);
  if (lead !== null) return { rest: text.slice(0, lead.index), marks: new Set(['keep']) };
  const found = /^(.*\S)(?:\s*[,;(]\s*|\s+[—–-]\s+)(\S.*)$/su.exec(text);
  if (found === null) return undefined;
  const [, rest = '', tail = ''] = found;
  const words = wordsOf(tail);
  if (insideCode(text, rest.length) || words.length === 0) return undefined;
  const contrast = /^(?:not|never|nor|but not|and not)\b(?! the other way)/i.test(tail);
  const share = shareOfFrame(tail);
  const kept = isKeepingOrder(tail);
  if (contrast || condition.test(tail) || !(share === 1 || (kept && share >= mostly))) return undefined;
  const marks = marksOf(tail);
  if (kept) marks.add('keep');
  return { rest, marks };
}

/** "put it in the notes", "save that please", "make sure that gets remembered" */
const keepingOrder = new RegExp(
  String.raw`^${address}(?:make sure (?:that |this |it )+(?:gets?|is) |(?:rem\w{0,3}ber|memori[sz]e|note|record|save|store|write|put|add|keep|persist|pin|jot|document|commit|capture|get)\b(?: down)? (?:this|that|it|them|these|those)\b)`,
  'i',
);
export const isKeepingOrder = (text: string): boolean => keepingOrder.test(text.trim());

/** `add "…" to the notes` */
function quoted(text: string): { readonly rest: string; readonly marks: ReadonlySet<Mark> } | undefined {
  const found = /^([^"“`]*)["“]([^"”]{8,})["”]([^"]*)$/.exec(text);
  if (found === null) return undefined;
  const frame = `${found[1] ?? ''} ${found[3] ?? ''}`;
  const words = wordsOf(frame);
  const marks = marksOf(frame);
  const all = words.filter(isFrameWord).length === words.length;
  return all && marks.size > 0 ? { rest: found[2] ?? '', marks } : undefined;
}

/** Frames stand within frames: "can you write down that in this repo we". More than this are no speech. */
const mostFrames = 6;

export function unframe(sentence: string): Framed {
  const marks = new Set<Mark>();
  let body = sentence.replace(/\*\*|__(?=\S)/g, '').trim();
  for (let round = 0; round < mostFrames; round += 1) {
    const step = quoted(body) ?? withoutHead(body) ?? ledInto(body) ?? withoutTail(body);
    if (step === undefined) break;
    step.marks.forEach((mark) => marks.add(mark));
    body = step.rest.trim();
  }
  // "It is important that you use" leaves an order to whoever reads it.
  if (marks.size > 0)
    body = body.replace(
      /^(?:here )?you (?!(?:can|could|are|were|did|have|had|may|might|will|would|must|should|need)\b)/i,
      '',
    );
  if (isOnlyFrame(body)) {
    marksOf(body).forEach((mark) => marks.add(mark));
    body = '';
  }
  return { body, marks };
}

function ledInto(text: string): { readonly rest: string; readonly marks: ReadonlySet<Mark> } | undefined {
  const lead = leadIn.exec(text);
  return lead === null ? undefined : { rest: text.slice(lead[0].length), marks: new Set(['keep']) };
}

/** Says of a rule nearby that it is one, or that it is to be kept. */
export function isOnlyFrame(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && shareOfFrame(text) === 1 && words.some((word) => !isFunctionWord(word));
}

/** "Add guidance to CLAUDE.md for …": what still speaks of writing down is the order to do so, not what to write. */
export function ordersToWriteDown(body: string): boolean {
  const verb = wordsOf(body)[0] ?? '';
  return keepingVerbs.has(verb) && /\b(?:memory|memories|(?:claude|agents|gemini)\.md)\b/i.test(body);
}
