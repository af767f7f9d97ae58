/** Transcripts as they came and as a model reads them, in tokens. */
import {
  condenseForModel,
  type CondensedEvent,
} from '../../src/dreamers/claude/extract/condense-for-model.ts';
import type { Source } from '../../src/core/sessions/format.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { whole, type Session } from '../../src/core/sessions/session.ts';
import { tokens } from '../../src/core/text/tokens.ts';
import { takeIn } from '../../src/take-in.ts';

export interface MeasuredTranscript {
  /** Of the file as it was handed in. */
  readonly raw: number;
  readonly condensed: number;
  readonly sessions: readonly { readonly session: Session; readonly shown: readonly CondensedEvent[] }[];
}

const redactor = createRedactor();

/** @returns undefined for what is no transcript. */
export async function measureTranscript(
  source: Source,
  submittedBy: string,
): Promise<MeasuredTranscript | undefined> {
  const taken = await takeIn(source, { redactor, detail: 'condensed', submittedBy });
  if (taken.type !== 'sessions') return undefined;
  let raw = 0;
  for await (const { text } of source.lines()) raw += tokens(text);
  const sessions = taken.candidates.map((candidate) => {
    const session = whole(candidate.session);
    return { session, shown: condenseForModel(session) };
  });
  const texts = sessions.flatMap(({ shown }) => shown.map(({ text }) => text));
  return { raw, condensed: texts.reduce((sum, text) => sum + tokens(text), 0), sessions };
}
