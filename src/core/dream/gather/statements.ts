/** Requests to remember, general statements and corrections, from people's sentences (DESIGN sections 5 and 7). */
import type { SignalOf } from '../signal.ts';
import { type Reading, type Sentence, quotesOf } from './reading.ts';
import { readRefutation } from './refutations.ts';
import { lessonText, stripPleasantries } from './wording.ts';
import { words } from '../../text/words.ts';

type Draft<K extends 'request' | 'statement'> = Omit<SignalOf<K>, 'id' | 'session'>;

/** Asks for memory and carries the lesson: what follows (or precedes) the marker is the lesson. */
const requestPrefix =
  /^(?:(?:please |do |always )?(?:remember|memori[sz]e|note|keep in mind|bear in mind|make a note|take note|don'?t (?:ever )?forget|never forget)(?: down)?(?: this)?(?: that|:|,| —| -)+|(?:please )?remember(?= (?:to|we|our|the|not|never|always|i|in|when)\b)|(?:for|in) (?:the |your )?future(?: reference| sessions?| runs?)?\s*[,:—-]?|from (?:now|here) on(?:wards?)?\s*[,:—-]?|going forward\s*[,:—-]?|as of (?:now|today)\s*[,:—-]|next time\s*[,:—-]?|(?:please )?(?:add|put|write|save|store|record|note)(?: (?:this|that|it|down|the following|a note|a rule|a line))* (?:to|in|into|for) (?:the |your |our )?(?:project )?(?:memory|memories|notes|claude\.md|agents\.md|gemini\.md|rules|guidelines|instructions)(?: file)?\s*(?:that|:|—|-)\s*|(?:rule|memory|note to self|remember)\s*:)\s*/i;

const requestSuffix =
  /[\s,;.(—–-]+(?:(?:and )?(?:please )?(?:(?:remember|memori[sz]e|note|keep) (?:this|that|it)(?: down| in mind)?(?: for (?:the )?(?:future|next time|later))?|(?:add|put|write|save|store|record) (?:this|that|it) (?:to|in|into|down in) (?:the |your |our )?(?:project )?(?:memory|memories|notes|claude\.md|agents\.md|gemini\.md|rules|guidelines|instructions)(?: file)?)|from (?:now|here) on(?:wards?)?|going forward|in (?:the )?future|for (?:the )?future(?: reference)?)[\s).!]*(?:please|thanks)?[\s).!]*$/i;

/** The whole sentence points at the one before it. */
const requestPointer =
  /^(?:(?:please|also|and|so|can you|could you)\s+)*(?:(?:remember|memori[sz]e|note|keep|save|store|record) (?:this|that|it)(?: down| in mind)?|(?:add|put|write|save|store|record) (?:this|that|it)(?: rule| as a rule| down)? (?:to|in|into|down in) (?:the |your |our )?(?:project )?(?:memory|memories|notes|claude\.md|agents\.md|gemini\.md|rules|guidelines|instructions)(?: file)?)(?: for (?:the )?(?:future|next time|later)(?: sessions?)?)?(?: please)?[.!?]*$/i;

/** "remember" that asks for nothing lasting. */
const notARequest =
  /^(?:do you|don'?t you|you|i|we|can'?t|cannot|if i) remember\b|\bremember when\b|\bremember(?: that)? (?:bug|time|issue|error|test|conversation|discussion|pr|commit)\b/i;

/** Ties a sentence to the work at hand. */
const oneOff =
  /\b(?:this (?:pr|branch|commit|change|diff|task|issue|ticket|file|function|test|time|one|case|line|bug|error|session|release|fix|method|class|component|page)|right now|for now|now|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|month)|just now|when you(?:'re| are) (?:done|finished|ready)|before you (?:finish|stop|go|leave|are done)|once (?:you(?:'re| are)|it'?s|that'?s|this is) (?:done|finished|merged|ready)|after (?:this|that)|the (?:last|previous|current|latest|new|above|failing|following|other) (?:\w+)|above|below|as well|too|here|one more time|the (?:plan|diff|output|error|bug|issue|conflict|review|comment|feedback)s?)\b/i;

/** Makes a sentence hold beyond the moment. */
const durable =
  /^(?:keep|put|store|write|track|document|log) (?:our|all|every|each|any)\b|\b(?:always|never|every ?time|whenever|wherever|from now on|going forward|in general|generally|by default|as a rule|by convention|at all times|under no circumstances|ever|in (?:this|our) (?:repo(?:sitory)?|project|codebase|team|company|org(?:ani[sz]ation)?|monorepo|workspace)|our (?:convention|policy|standard|rule|practice|style|team|default)|the (?:rule|convention|policy|standard|practice) (?:is|here is)|house (?:style|rule)|team (?:rule|convention|policy|standard))\b/i;

const habitual =
  /^(?:we|our team|the team|everyone|everybody|this (?:repo|project|team|codebase)) (?:always |never |only |usually |don'?t |do not |strictly |generally )?(?:use|prefer|run|write|keep|put|name|deploy|store|commit|squash|rebase|merge|test|format|lint|pin|tag|release|log|document|follow|require|expect|want|avoid|ship|build|review|sign|call|target|support|track|version|host|read|load|generate|validate|wrap|return|throw|mock|cache|import|export|write)\b/i;

/** Says how things are to be done, in a form that means more than one task. */
const preference =
  /^(?:(?:please )?(?:do not|don'?t|never|avoid|stop|no more) \w+|prefer\b|only (?:use|run|commit|push|write|call|import|log)\b|(?:use|run|call|import|write|pick|choose|put|keep|name|store|deploy|return|throw|log|format|commit|install|start|build|test|import) .{1,80}?\b(?:instead of|rather than|over|and not|, not|not|never)\b)|\b(?:should|must|has to|have to|needs? to|shall) (?:always |never |not |only |be |have |use |go |live |stay )|\b(?:is|are) (?:forbidden|not allowed|required|mandatory|banned|preferred)\b|\b(?:instead of|rather than)\b/i;

const question =
  /\?\s*$|^(?:what|why|how|where|who|when|which|is|are|was|were|does|did|do you|has|have|should (?:we|i)|shall)\b/i;

/** Starts with something that only the sentence before explains. */
const dangling =
  /^(?:it|this|that|these|those|they|them|he|she|here|there|which|such|same|both|either|neither|like (?:this|that)|not (?:this|that|it))\b(?! (?:repo|project|team|codebase|repository|monorepo|company))/i;

/** The object is only a pointer: "never do that", "don't use it". */
const danglingObject =
  /^(?:\S+\s+){0,3}?(?:this|that|it|them|these|those|so)\s*[.!]?$|^(?:please )?(?:don'?t|do not|never|always|stop) (?:do|doing|use|using|change|touch|run|call|add|remove)\s+(?:this|that|it|them|these|those|so|here)\b/i;

const reasonClause =
  /\b(?:because|since|so that|otherwise|in order to|due to|to avoid|to prevent|as it|as they|as we)\b\s*(.{8,})$|[—–]\s*(.{12,})$/i;

/** Short enough to read, long enough to say something. */
function sayable(text: string): boolean {
  const count = words(text).length;
  return (
    count >= 3 && count <= 45 && text.length <= 400 && !dangling.test(text) && !danglingObject.test(text)
  );
}

/** The lesson a request to remember carries; undefined when it asks for none. */
export function requestedLesson(sentence: Pick<Sentence, 'text' | 'previous'>): string | undefined {
  const text = stripPleasantries(sentence.text);
  if (notARequest.test(text)) return undefined;
  if (requestPointer.test(text)) {
    const before = sentence.previous === undefined ? '' : lessonText(sentence.previous);
    return before !== '' && sayable(before) && !question.test(sentence.previous ?? '') ? before : undefined;
  }
  const body = text.replace(requestPrefix, '').replace(requestSuffix, '');
  if (body === text || question.test(body)) return undefined;
  const bound = oneOff.test(body.replace(durable, ''));
  const lesson = lessonText(body);
  return bound || !sayable(lesson) ? undefined : lesson;
}

interface Claim {
  readonly text: string;
  readonly general: boolean;
  readonly reason?: string;
}

/** A general statement or a preference that would have to recur; undefined for tasks, questions and chat. */
export function statedClaim(sentence: string): Claim | undefined {
  const text = stripPleasantries(sentence);
  if (question.test(text)) return undefined;
  const lesson = lessonText(text);
  if (!sayable(lesson)) return undefined;
  const general =
    durable.test(text) ||
    habitual.test(text) ||
    /\b(?:wherever|whenever) (?:we|you|it|possible)\b/i.test(text);
  if (!general && !preference.test(text)) return undefined;
  if (oneOff.test(text.replace(durable, ''))) return undefined;
  const found = reasonClause.exec(text);
  const reason = found?.[1] ?? found?.[2];
  return { text: lesson, general, ...(reason === undefined ? {} : { reason }) };
}

export function gatherStatements(reading: Reading): (Draft<'request'> | Draft<'statement'>)[] {
  return reading.sentences.flatMap((sentence): (Draft<'request'> | Draft<'statement'>)[] => {
    const quoted = quotesOf(reading.session, [[sentence.event, sentence.text]]);
    if (quoted.length === 0) return [];
    const base = { quotes: quoted, ...(sentence.event.at === undefined ? {} : { at: sentence.event.at }) };
    const requested = sentence.trust === 'person' ? requestedLesson(sentence) : undefined;
    if (requested !== undefined) {
      const pointed = requestPointer.test(stripPleasantries(sentence.text)) ? sentence.previous : undefined;
      const quotes =
        pointed === undefined
          ? quoted
          : [...quotesOf(reading.session, [[sentence.event, pointed]]), ...quoted];
      return [{ ...base, quotes, kind: 'request', text: requested }];
    }
    // That something is gone is no rule to follow; what took its place may be.
    const refuted = readRefutation(sentence.text);
    const claim =
      refuted !== undefined && refuted.replacement === undefined ? undefined : statedClaim(sentence.text);
    if (claim === undefined) return [];
    const correction = sentence.rejection || (sentence.afterAgent && startsAsCorrection(sentence.text));
    return [{ ...base, kind: 'statement', correction, trust: sentence.trust, ...claim }];
  });
}

function startsAsCorrection(text: string): boolean {
  return /^(?:no+\b|nope|wrong|stop|don'?t|do not|not\b|never|actually|wait|please don'?t|i (?:already )?(?:said|told)|again\b|that'?s (?:wrong|not)|use .+ instead)/i.test(
    text.trim(),
  );
}
