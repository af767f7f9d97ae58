/** One dream of Claude's kind whose model answers from files, or says nothing. */
import { rubricPath } from '../../src/core/config.ts';
import { dream, type DreamResult } from '../../src/dream.ts';
import { openAnthropic } from '../../src/dreamers/anthropic/client.ts';
import { createClaudeDreamer } from '../../src/dreamers/claude/dreamer.ts';
import { gatherObservations } from '../../src/dreamers/claude/extract/gather.ts';
import { startAnthropic } from '../../test/support/anthropic/start.ts';
import { openExchange, type Written } from './exchange.ts';
import { openStage, type StageOptions } from './stage.ts';

export interface PlayOptions extends StageOptions {
  /** Where requests are written. */
  readonly out: string;
  /** Where replies are read from. */
  readonly replay?: string | undefined;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

export interface Played {
  readonly sessions: number;
  /** Files that are no transcripts. */
  readonly refused: number;
  readonly written: readonly Written[];
  /** Or why there was no dream. */
  readonly result: DreamResult | Error;
  /** Replies that no model could give, as sentences. */
  readonly impossible: readonly string[];
}

export async function playDream({ out, replay, now, ...asked }: PlayOptions): Promise<Played> {
  const stage = await openStage(asked);
  const { sessions, refused, workplace } = stage;
  const exchange = openExchange({ out, replay, sessions });
  const model = await startAnthropic({ reply: exchange.answer, limits: { contextTokens: 1_000_000 } });
  try {
    const dreamer = createClaudeDreamer({
      open: () => openAnthropic({ apiKey: model.key, baseURL: model.url, maxRetries: 0 }),
      gather: gatherObservations,
      rubric: (base) => workplace.repository.readFile(base, rubricPath),
    });
    const result = await dream({ ...workplace, dreamer, now }).catch(asError);
    const impossible = model.violations.splice(0);
    return { sessions: sessions.length, refused, written: exchange.written, result, impossible };
  } finally {
    await model.stop();
    stage.remove();
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
