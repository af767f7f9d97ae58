/** What people have to ask for again and again because agents do not do it by themselves. */
import type { SignalOf } from '../signal.ts';
import { type Reading, quotesOf } from './reading.ts';

export type AskTopic = SignalOf<'ask'>['topic'];

/** Standing habits that reviewers ask for; a request for the work itself ("fix the tests") is none. */
const topics: Readonly<Record<AskTopic, RegExp>> = {
  tests:
    /\b(?:add|write|include|create|cover|need|missing|without|have)\b[^.?!]{0,40}\btests?\b|\btests? for (?:this|that|it|these)\b/i,
  duplication:
    /\b(?:check|sure|verify|avoid|without|instead of|might be|is this|are we|not)\b[^.?!]{0,60}\b(?:duplicat\w+|replicat\w+|reinvent\w*)\b/i,
  documentation: /\b(?:add|update|write|extend)\b[^.?!]{0,30}\b(?:docs?|documentation|readme)\b/i,
  changelog: /\b(?:add|update|write|entry|mention)\b[^.?!]{0,30}\bchangelog\b/i,
};

const notAnAsk =
  /\b(?:fix|run|rerun|remove|delete|skip|failing|why)\b[^.?!]{0,30}\btests?\b|\btests? (?:fail|pass|are|is)\b|\b(?:in|of) (?:that|this|the) tests?\b|\b(?:no|not|never|without|\w+n['’]?t)\b[^.?!]{0,20}\b(?:need|add|write|update|have)\b/i;

export function gatherAsks(reading: Reading): Omit<SignalOf<'ask'>, 'id' | 'session'>[] {
  const asked = new Set<string>();
  return reading.sentences.flatMap((sentence) => {
    if (sentence.trust !== 'person' || !sentence.afterAgent || notAnAsk.test(sentence.text)) return [];
    return (Object.keys(topics) as AskTopic[]).flatMap((topic) => {
      const quotes =
        asked.has(topic) || !topics[topic].test(sentence.text)
          ? []
          : quotesOf(reading.session, [[sentence.event, sentence.text]]);
      if (quotes.length === 0) return [];
      asked.add(topic);
      const at = sentence.event.at;
      return [{ kind: 'ask' as const, topic, quotes, ...(at === undefined ? {} : { at }) }];
    });
  });
}
