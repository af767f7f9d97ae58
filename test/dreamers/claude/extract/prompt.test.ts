import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { observationSchema } from '../../../../src/dreamers/claude/observation.ts';
import { promptOf } from '../../../../src/dreamers/claude/prompt.ts';

const answerSchema = z.strictObject({
  observations: z.array(
    z.strictObject({
      lesson: observationSchema.shape.lesson,
      text: z.string(),
      quotes: z.array(z.strictObject({ event: z.number(), quote: z.string() })).min(1),
    }),
  ),
});

/** Records of the prompt's examples by event, each with the answer that it should have. */
function examples() {
  const found = promptOf('extract').matchAll(
    /<record>\n(.*?)\n<\/record>\n\nWhat it teaches:\n\n(\{.*?\n?\})\n\n/gs,
  );
  return [...found].map(([, record = '', answer = '']) => ({
    events: new Map(
      record.split(/\n(?=\[\d+\])/).map((event) => [Number(/^\[(\d+)\]/.exec(event)?.[1]), event]),
    ),
    answer: answerSchema.parse(JSON.parse(answer)),
  }));
}

describe('the examples that a model is shown', () => {
  it('are two, of which one teaches nothing', () => {
    expect(examples().map(({ answer }) => answer.observations.length)).toEqual([3, 0]);
  });

  it('quote what stands in the event that they name', () => {
    for (const { events, answer } of examples())
      for (const { event, quote } of answer.observations.flatMap(({ quotes }) => quotes))
        expect(events.get(event)).toContain(quote);
  });

  it('number their events in order, and indent what belongs to one', () => {
    for (const { events } of examples()) {
      expect([...events.keys()]).toEqual(
        [...events.keys()].map((_, at) => at + ([...events.keys()][0] ?? 1)),
      );
      for (const text of events.values())
        expect(
          text
            .split('\n')
            .slice(1)
            .every((line) => /^ {2}\S/.test(line)),
        ).toBe(true);
    }
  });
});
