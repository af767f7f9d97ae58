/** What people do with a sentence besides stating something: ask, chat, react. */
import { isFrameWord, reactions, wordsOf } from './frame-words.ts';

const question =
  /\?\s*$|^(?:what|why|how|where|who|when|which|is|are|was|were|does|did|do (?:you|we|i)|has|have (?:you|we|i)|should (?:we|i)|shall|must i|can i)\b/i;

export const isQuestion = (text: string): boolean => question.test(text.trim());

/** "always" and "never" in talk about feelings and the past, and about what somebody does. */
const chat =
  /^(?:always|never) (?:a|an|the|my|your|nice|good|great|fun|happy|glad|welcome|been|again|mind)\b|\b(?:pleasure|surprise|job|work),? as always\b|[:;]-?[)D(]\s*$/i;

/** What a single person or thing does or did is no rule: "it always fails", "I never understood". */
const ownHabit =
  /^(?:i|he|she|it|that|this|there)(?:'ve|'re|'s|'d| have| has| is| was)? (?:always|never|just|really|keep)\b/i;

/** What happens to people is no rule for them: "we always get a 500", "you never know". */
const experience =
  /^(?:you|we|people|users|customers)(?:'ve| have)? (?:always|never) (?:fail|find|know|seem|manage|get (?:an? |the |this |that |\d)|hit|see|hear|run into|end up|come back|forget|lose|struggle|wonder|notice|wait|have (?:an? |the |this |that )|had)\b/i;

/** "As they say": words of everybody. */
export const isSaying = (text: string): boolean => saying.test(text);
const saying = /\bas (?:they|people|the (?:old )?(?:saying|proverb)) (?:say|says|goes?)\b/i;

/** What a person wants of the agent binds it. */
const wish =
  /^i(?:'d| would)?(?: really)? (?:(?:always|never) (?:want|need|expect|prefer)|(?:want|need|expect|prefer)(?! (?:an?|the|this|that|some|one|two|three|more|another) )|like it when)\b/i;

/** Possibility, not rule: "you can never be sure". */
const possibility = /\b(?:can|could|may|might|will|would)(?:n't| not)? (?:always|never|ever) \w+/i;

/** "always" and "never" of the past. */
const past =
  /\b(?:always|never) (?:had|was|were|did|went|got|made|said|saw|came|took|found|knew|thought|worked|seen|heard|been|\w+(?<!e|f|ne|spe|se|sp|cee)ed)\b/i;

/** Also what somebody tells of themselves: it binds nobody else. */
export const isChat = (text: string): boolean =>
  (/^i(?:'m|'ve)? /i.test(text) && !wish.test(text)) ||
  [chat, past, experience].some((pattern) => pattern.test(text)) ||
  (ownHabit.test(text) && !wish.test(text)) ||
  (possibility.test(text) && !/\b(?:may|can) never\b.*\bwithout\b/i.test(text));

/** Begins as an answer to what was just done. */
const reacts =
  /^(?:no+\b|nope|nah|wrong|stop|don'?t|do not|not\b|never|actually|wait|ugh|hm+|argh|hey|please (?:don'?t|revert|undo)|revert|undo|i (?:already )?(?:said|told)|how (?:often|many times)|again\b|that'?s (?:wrong|not)|that breaks|instead of that|rather|one more time|use .+ instead|why (?:do|did)(?:n'?t)? you|did(?:n'?t| not) i|you (?:forgot|can'?t|cannot|must|should|shouldn'?t|mustn'?t|have to|need to)|i don'?t want you to|we don'?t)\b/i;

/** Reproaches: that it was said before, or that nobody does it like this. */
const reproach =
  /^(?:we (?:already )?(?:talked|spoke|agreed)|i (?:keep|asked|have asked|had to)|you (?:should|ought to) know|everybody knows|for the (?:second|third|fourth|fifth|last|\w+th) time|once (?:again|and for all)|let me be clear|(?:the )?same (?:mistake|thing|story)|who told you|what did i say|seriously|instead|better|correct is|this (?:won'?t|will not|can'?t|cannot)|we can'?t (?:merge|accept|take)|there(?:'s| is) (?:no|never a) reason|it(?:'s| is| would be) better)\b|\b(?:nobody|never|not|\w+n't)\b.*\b(?:like (?:this|that)|(?:this|that) way)\b|\b(?:no-go|not our (?:style|way))\b/i;

/** Judges or answers what the agent just did. */
export function isReaction(sentence: string): boolean {
  const text = sentence.trim();
  if (reacts.test(text) || reproach.test(text) || /\binstead\s*[.!]*$/i.test(text)) return true;
  const words = wordsOf(text.split(/[,;:.!]/)[0] ?? '');
  return words.some((word) => reactions.has(word)) && words.every(isFrameWord);
}
