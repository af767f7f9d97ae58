/** What a stretch of words says about the rule beside it: that it is to be kept, or that it is one. */
import { isFrameWord, isFunctionWord, keepingVerbs, lasting, norms, stores, wordsOf } from './frame-words.ts';

/** `keep`: asks to remember, or says that it holds from now on. `rule`: says that it is a rule, and of whom. */
export type Mark = 'keep' | 'rule';

const recall = String.raw`(?:(?:always )?(?:rem\w{0,3}ber|memori[sz]e)|(?:note|jot)(?: down)?|write down|noting|(?:keep|keeping|bear) in mind|(?:don'?t|do not|never) (?:ever )?forget|take note|make (?:yourself )?a (?:mental )?note|learn|internali[sz]e|memo|memory|reminder|note to self|mental note)`;
const address = String.raw`(?:(?:(?:things? |something |(?:one|another) thing )?to(?= (?:rem|note|memor|keep in|bear))|please|pls|plz|kindly|also|and|so|but|then|do|just|(?:can|could|would|will) (?:you|u|we)|would you mind|i (?:want|need|would like|'?d like)(?: for)? you to|i(?: would|'d) like that you|i(?: would|'d) (?:appreciate|love|like) it if you|if you could|you (?:should|must|need to|have to)|make sure (?:to|you)|let'?s|it would be (?:nice|good|great|kind) if you could)\s+)*`;

/** Verbs of remembering ask for memory by themselves, where they are said to the agent. */
export const recalls = new RegExp(`^${address}${recall}(?![\\w-])`, 'i');
export const keepsThis =
  /\b(?:write|note|jot|pin|keep|save|store|record|persist|document|commit|remember\w*|learn|memori[sz]e)\b (?:this|that|it|these|them|the following|down|one)\b/i;
const neverAgain = /\bnever\b.*\b(?:again|time|repeat|discuss|say|tell|ask)\b/i;
/** For how long, or from when on. */
export const fromNow =
  /\b(?:from (?:now|here|today|this (?:point|day|moment))(?: on(?:wards?)?| forward)?|going forward|as of (?:now|today)|in (?:the )?future|for (?:the )?future|for (?:later|posterity)|in all future|starting (?:today|now)|next time|(?:all|every|each|any|later|future|new) (?:\w+ )?(?:sessions?|agents?|runs?)|future (?:work|tasks?|changes|prs?)|(?:every|each) time|permanent(?:ly)?|for good|forever|henceforth|long[- ]term)\b/i;
export const ofTheTeam =
  /\bwe (?:always|never) do (?:this|that|it)\b|\b(?:in|on|at|for|across|throughout) (?:(?:all|any|each|every|most)(?: of)? )?(?:this|our|the (?:whole|entire)|these)(?: whole| entire)? (?:code ?base|code base|code|repo(?:sitor(?:y|ies))?s?|projects?|monorepo|company|org(?:ani[sz]ation)?|team|product|workspace|house|modules|teams|services)\b|\baround here\b/i;
export const rulesItself =
  /\b(?:in general|general(?:ly)?|usually|normally|by default|as a (?:rule|matter)|(?<!\bin )common|mandatory|required|obligatory|supposed|each and every time|at all times|under no circumstances|no matter|important|exceptions?|ever|standing order|a must|as a team|our (?:\w+ )?(?:way|style|approach)|strict(?:ly)?|whenever|every ?time|the way we|how (?:we|this team|the team|our team)|rule of thumb|(?:right|proper|correct|usual) way (?:is|here))\b/i;

/** Where notes are kept, as the place something is to go to. */
export const intoMemory =
  /\b(?:in|into|for|to) (?:(?:the|our|your|my|this|project|agents?'?|team) )*(?:memory|memories|claude\.md|agents\.md|gemini\.md|notes|instructions)\b(?!.*\b(?:says?|said|claims?|wrong|stale|outdated|old)\b)/i;
/** What notes are to say: "could the agents file say that". */
const toBeSaid =
  /\b(?:can|could|should|must|let)\b.*\b(?:memory|memories|claude\.md|agents\.md|agents? (?:file|documentation)|instructions|guidelines|rules file)\b.*\b(?:say|state|mention|list|reflect)\b/i;
export function has(words: readonly string[], set: ReadonlySet<string>): boolean {
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

/** How much of a stretch is frame, 0 to 1. */
export function shareOfFrame(stretch: string): number {
  const words = wordsOf(stretch.replace(fromNow, ' '));
  return words.length === 0 ? 1 : words.filter(isFrameWord).length / words.length;
}

/** Share of a stretch that must be frame before a colon, which marks the frame by itself. */
export const mostly = 0.6;

/** A subordinate clause says when a rule holds: it is part of it. */
export const condition =
  /^(?:if|when|while|once|after|before|unless|until|where|because|as soon as|in case)\b/i;

/** Says of a rule nearby that it is one, or that it is to be kept. */
export function isOnlyFrame(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && shareOfFrame(text) === 1 && words.some((word) => !isFunctionWord(word));
}

/** "put it in the notes", "save that please", "make sure that gets remembered" */
const keepingOrder = new RegExp(
  String.raw`^${address}(?:make sure (?:that |this |it )+(?:gets?|is) |(?:rem\w{0,3}ber|memori[sz]e|note|record|save|store|write|put|add|keep|persist|pin|jot|document|commit|capture|get)\b(?: down)? (?:this|that|it|them|these|those)\b)`,
  'i',
);
export const isKeepingOrder = (text: string): boolean => keepingOrder.test(text.trim());

/** "Add guidance to CLAUDE.md for …": what still speaks of writing down is the order to do so, not what to write. */
export function ordersToWriteDown(body: string): boolean {
  const verb = wordsOf(body)[0] ?? '';
  return keepingVerbs.has(verb) && /\b(?:memory|memories|(?:claude|agents|gemini)\.md)\b/i.test(body);
}
