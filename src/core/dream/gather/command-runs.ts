/** The commands of a session that succeeded, in order, made general: what workflows are found in. */
import type { SignalOf } from '../signal.ts';
import { generaliseStep, isTrivial, stepsOf } from './commands.ts';
import { type Reading, quotesOf } from './reading.ts';

/** Steps kept of one session; a longer one is no routine. */
const limit = 200;

/**
 * @returns at most one signal. A step follows itself only once (a loop of `test` is one `test`). Each step has one
 * quote, in order, so that a workflow can cite the commands it rests on.
 */
export function gatherCommandRuns(reading: Reading): Omit<SignalOf<'commands'>, 'id' | 'session'>[] {
  const steps: string[] = [];
  const quotes: SignalOf<'commands'>['quotes'] = [];
  for (const { call, result } of reading.calls) {
    const command = call.tool?.action === 'shell' ? call.tool.command : undefined;
    if (command === undefined || result?.ok === false || result?.rejected === true) continue;
    for (const step of stepsOf(command)) {
      if (isTrivial(step) || step.joint === '|' || step.joint === '||') continue;
      const general = generaliseStep(step.text);
      const quote = steps.at(-1) === general ? undefined : quotesOf(reading.session, [[call, command]])[0];
      if (quote === undefined || steps.length >= limit) continue;
      steps.push(general);
      quotes.push(quote);
    }
  }
  const at = quotes[0]?.at;
  return steps.length < 2 ? [] : [{ kind: 'commands', steps, quotes, ...(at === undefined ? {} : { at }) }];
}
