/** Says why a dream does not merge itself yet: in its check run, and in a sentence for the status comment. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { inert } from '../../core/review/inert.ts';
import { lookAtAuto, type AutoLook, type AutoParts } from './look.ts';
import { beginWait, tellWait, type WaitRun, type WaitText } from './wait-run.ts';

/**
 * @param journal of the open dream, with the number of its pull request.
 * @param now ISO 8601 in UTC.
 * @returns sentences for its status comment, in Markdown; none where merging is left to people.
 */
export async function showAuto(
  parts: AutoParts,
  journal: Journal,
  decisions: readonly Decision[],
  now: string,
): Promise<readonly string[]> {
  if (parts.config.mode !== 'auto') return [];
  const first = await lookAtAuto(parts, journal, decisions, now);
  const { head } = journal;
  const isNew = first.state.state === 'waits' && first.state.for === 'time' && first.run === undefined;
  if (!isNew || first.pull === undefined || head === undefined) return showLook(parts, first);
  const run = await beginWait(parts, head, now, waiting(''));
  return showLook(parts, await lookAtAuto(parts, journal, decisions, now, run));
}

async function showLook(parts: AutoParts, { state, run }: AutoLook): Promise<readonly string[]> {
  switch (state.state) {
    case 'off':
      return [];
    case 'waits': {
      const reason = inert(state.reason);
      if (run !== undefined)
        await tellWait(parts, run, state.for === 'time' ? waiting(reason) : forPerson(reason));
      return [`Auto mode: ${reason}`];
    }
    case 'ready':
      return [
        run === undefined || run.waiting ? 'Auto mode: it is merged now.' : `Auto mode: ${run.summary}`,
      ];
  }
}

/** Why GitHub did not merge it. @param reason GitHub's words. */
export async function tellRefusal(parts: AutoParts, run: WaitRun | undefined, reason: string): Promise<void> {
  const words = inert(reason.replaceAll(/\s+/g, ' ').slice(0, 500));
  const summary = `GitHub does not merge it yet, and it is tried again: ${words}`;
  if (run !== undefined)
    await tellWait(parts, run, { conclusion: 'neutral', title: 'The rules are not met', summary });
}

/** The wait is over. */
export async function endWait(parts: AutoParts, run: WaitRun | undefined, what: string): Promise<void> {
  const text: WaitText = { conclusion: 'success', title: 'The wait is over', summary: what };
  if (run !== undefined) await tellWait(parts, run, text);
}

/** Auto mode was switched off while it waited. */
export async function stopWait(parts: AutoParts, run: WaitRun | undefined): Promise<void> {
  const text: WaitText = { conclusion: 'neutral', title: 'A person merges it', summary: 'Auto mode is off.' };
  if (run !== undefined) await tellWait(parts, run, text);
}

const waiting = (reason: string): WaitText => ({
  title: 'Waiting before it merges itself',
  summary: reason === '' ? 'The wait has begun.' : reason,
});

const forPerson = (summary: string): WaitText => ({
  conclusion: 'neutral',
  title: 'A person merges it',
  summary,
});
