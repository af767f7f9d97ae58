/** What a model answers when it has read a window. */
import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { observationSchema } from '../observation.ts';
import { readStructured, type Structured } from '../structured-answer.ts';

/** As it was said: nothing in it is proved yet. Limits are ours to keep; the API cannot hold a model to them. */
const replySchema = z.object({
  observations: z.array(
    z.object({
      lesson: z.enum(observationSchema.shape.lesson.options.flatMap(({ options }) => options)),
      text: z.string().describe('One or two sentences that stand alone.'),
      quotes: z
        .array(
          z.object({
            event: z.number().describe('The number in brackets.'),
            quote: z.string().describe('Copied character for character from that event.'),
          }),
        )
        .describe('Strongest first.'),
    }),
  ),
});
export type Said = z.infer<typeof replySchema>['observations'][number];

export const replyFormat = zodOutputFormat(replySchema);

export type Reply = Structured<z.infer<typeof replySchema>>;

export const readReply = (message: Anthropic.Message): Reply => readStructured(message, replySchema);
