/** A recorded conversation: what is expected to be asked, in order, and what the model answers. */
import type { Asked } from './messages/asked.ts';
import type { Reply } from './messages/reply.ts';
import { invalid } from './server/refusal.ts';

/** All that is said must hold. */
export interface Expectation {
  readonly model?: string | RegExp;
  /** As `phaseOf` names it. */
  readonly phase?: string;
  /** Each occurs in what the model reads. */
  readonly contains?: string | RegExp | readonly (string | RegExp)[];
  /** None occurs in it. */
  readonly lacks?: string | RegExp | readonly (string | RegExp)[];
  /** Exactly these tools are offered, in any order. */
  readonly tools?: readonly string[];
  readonly streaming?: boolean;
  readonly customId?: string | RegExp;
  readonly where?: (asked: Asked) => boolean;
}

export interface Step {
  readonly expect: Expectation;
  readonly reply: Reply | ((asked: Asked) => Reply | Promise<Reply>);
}

/** Steps in order; a list within the list is played in any order before what follows it. */
export type Script = readonly (Step | readonly Step[])[];

export interface Player {
  answer(asked: Asked): Promise<Reply>;
  /** What was not asked for, as sentences. */
  left(): string[];
}

/** @param complain keeps a sentence that fails the test. */
export function playerOf(script: Script, complain: (problem: string) => void): Player {
  const groups = script.map((entry) => ('expect' in entry ? [entry] : [...entry]));
  return {
    async answer(asked) {
      while (groups[0]?.length === 0) groups.shift();
      const group = groups[0] ?? [];
      const reasons = group.map(({ expect }) => mismatch(expect, asked));
      const step = group[reasons.indexOf(undefined)];
      if (step === undefined) {
        const why = group.length === 0 ? 'nothing more is scripted' : reasons.join('; or ');
        complain(`a request does not match the script: ${why}. It ends: ${asked.latest.slice(-300)}`);
        throw invalid(`the script has no reply to this: ${why}`);
      }
      group.splice(group.indexOf(step), 1);
      return typeof step.reply === 'function' ? step.reply(asked) : step.reply;
    },
    left: () => groups.flat().map(({ expect }) => `never asked for: ${shown(expect)}`),
  };
}

/** @returns why a request is not the one expected; undefined when it is. */
export function mismatch(expect: Expectation, asked: Asked): string | undefined {
  const { model, phase, tools, streaming, customId, where } = expect;
  const missing = listed(expect.contains).find((part) => !occurs(part, asked.text));
  const unwanted = listed(expect.lacks).find((part) => occurs(part, asked.text));
  if (model !== undefined && !equals(model, asked.model))
    return `the model is ${asked.model}, not ${String(model)}`;
  if (phase !== undefined && phase !== asked.phase) return `the phase is "${asked.phase}", not "${phase}"`;
  if (missing !== undefined) return `${String(missing)} does not occur in it`;
  if (unwanted !== undefined) return `${String(unwanted)} occurs in it`;
  if (tools !== undefined && sorted(tools) !== sorted(asked.tools))
    return `the tools are ${sorted(asked.tools)}, not ${sorted(tools)}`;
  if (streaming !== undefined && streaming !== asked.streaming)
    return `it is ${asked.streaming ? '' : 'not '}streamed`;
  if (customId !== undefined && !equals(customId, asked.customId ?? ''))
    return `its id in the batch is ${String(asked.customId)}, not ${String(customId)}`;
  return where === undefined || where(asked) ? undefined : `${where.name} is not true of it`;
}

function listed<T extends string | RegExp>(parts: T | readonly T[] | undefined): readonly T[] {
  if (parts === undefined) return [];
  return typeof parts === 'string' || parts instanceof RegExp ? [parts] : parts;
}

const occurs = (part: string | RegExp, text: string): boolean =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

const equals = (wanted: string | RegExp, found: string): boolean =>
  typeof wanted === 'string' ? wanted === found : wanted.test(found);

const sorted = (names: readonly string[]): string => names.toSorted().join(', ');

function shown(expect: Expectation): string {
  return Object.entries(expect)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ');
}
