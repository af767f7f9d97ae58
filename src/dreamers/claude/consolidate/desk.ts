/** Where the agents of a dream lay down what they would propose; the guard looks at all of it together, each time. */
import { z } from 'zod';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { proposalKindSchema, type Draft, type Lead, type Question } from '../../../core/dream/proposal.ts';
import type { Finding } from '../../../core/guard/finding.ts';
import { hostilityOf } from '../../../core/guard/hostile-text.ts';
import type { Observation } from '../observation.ts';
import { citedSchema, evidenceOf } from './cited.ts';
import { buildDraft, wishSchema } from './draft.ts';
import { ToolRefusal } from './tool.ts';

export const proposeSchema = wishSchema.extend({
  replaces: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Number of the draft that this one takes the place of.'),
});

const evidence = z.array(citedSchema).max(6).default([]);
export const askSchema = z.strictObject({
  question: z.string().min(1).max(600).describe('What only a person can decide, as one question.'),
  entries: z.array(z.string()).max(10).default([]).describe('Ids of the entries that it is about.'),
  evidence,
});
export const noteSchema = z.strictObject({
  kind: proposalKindSchema,
  text: z.string().min(1).max(600).describe('What was noticed.'),
  reason: z.string().min(1).max(400).describe('Why it is not proved enough to propose.'),
  evidence,
});

export interface Drafted {
  /** Of this desk; a draft that takes the place of another keeps its number. */
  readonly number: number;
  /** The agent that laid it down last. */
  readonly by: string;
  /** How often it was laid down. */
  readonly version: number;
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

export interface Desk {
  /** By number. */
  drafts(): readonly Drafted[];
  readonly questions: readonly Question[];
  readonly leads: readonly Lead[];
  /** @throws {ToolRefusal} when it cannot be a draft. @returns what the guard says of it. */
  propose(wish: z.infer<typeof proposeSchema>, by: string): Promise<string>;
  /** Lays down a draft that code made. @returns what the guard says of it. */
  adopt(draft: Draft, by: string): Promise<string>;
  withdraw(number: number): Promise<string>;
  ask(asked: z.infer<typeof askSchema>): Promise<string>;
  note(noted: z.infer<typeof noteSchema>): Promise<string>;
}

/** More than any reviewer would read; a model that lays down more goes astray. */
const most = { drafts: 60, questions: 10, leads: 30 } as const;

export function openDesk(input: DreamInput, observations: readonly Observation[]): Desk {
  const drafts = new Map<number, Drafted>();
  const questions: Question[] = [];
  const leads: Lead[] = [];
  let numbers = 0;
  const check = async (): Promise<void> => {
    const all = [...drafts.values()];
    const found = await input.check(all.map(({ draft }) => draft));
    all.forEach((each, at) => drafts.set(each.number, { ...each, findings: found[at] ?? [] }));
  };
  const lay = async (draft: Draft, by: string, before?: Drafted): Promise<string> => {
    const number = before?.number ?? (numbers += 1);
    drafts.set(number, { number, by, version: (before?.version ?? 0) + 1, draft, findings: [] });
    await check();
    return saidOf(number, drafts.get(number)?.findings ?? []);
  };
  return {
    drafts: () => [...drafts.values()],
    questions,
    leads,
    async propose({ replaces, ...wish }, by) {
      const before = replaces === undefined ? undefined : drafts.get(replaces);
      if (replaces !== undefined && before === undefined)
        throw new ToolRefusal(`There is no draft ${replaces}.`);
      if (before === undefined && drafts.size >= most.drafts)
        throw new ToolRefusal('There are too many drafts already.');
      const built = await buildDraft(input, observations, wish);
      if ('wrong' in built) throw new ToolRefusal(built.wrong.join('\n'));
      return lay(built.draft, by, before);
    },
    adopt: async (draft, by) => {
      const same = [...drafts.values()].find((each) => each.draft === draft);
      if (same !== undefined) throw new ToolRefusal(`It is draft ${same.number} already.`);
      requireRoom([...drafts.keys()], most.drafts, 'drafts');
      return lay(draft, by);
    },
    async withdraw(number) {
      if (!drafts.delete(number)) throw new ToolRefusal(`There is no draft ${number}.`);
      await check();
      return `Draft ${number} is withdrawn.`;
    },
    async ask({ question: text, entries, evidence: cited }) {
      requireRoom(questions, most.questions, 'questions');
      requireHarmless(text);
      const unknown = entries.find((id) => !input.store.entries.has(id));
      if (unknown !== undefined) throw new ToolRefusal(`There is no entry ${unknown}.`);
      questions.push({ text, entries, evidence: await found(input, cited) });
      return 'The question will stand in the pull request.';
    },
    async note({ evidence: cited, ...lead }) {
      requireRoom(leads, most.leads, 'leads');
      requireHarmless(`${lead.text}\n${lead.reason}`);
      leads.push({ ...lead, evidence: await found(input, cited) });
      return 'Noted.';
    },
  };
}

function saidOf(number: number, findings: readonly Finding[]): string {
  const lines = findings.map(({ check, severity, message }) => `- ${severity}, ${check}: ${message}`);
  if (lines.length === 0) return `Draft ${number} passes every check.`;
  const blocked = findings.some(({ severity }) => severity === 'block');
  const means = blocked
    ? `Draft ${number} is withheld as it is; mend it (propose with replaces: ${number}) or withdraw it:`
    : `Draft ${number} passes, and a reviewer will be told:`;
  return [means, ...lines].join('\n');
}

async function found(input: DreamInput, cited: z.infer<typeof evidence>): Promise<Lead['evidence']> {
  const all = await Promise.all(cited.map((each) => evidenceOf(input, each)));
  const problems = all.flatMap((each, at) => ('wrong' in each ? [`evidence[${at}]: ${each.wrong}`] : []));
  if (problems.length > 0) throw new ToolRefusal(problems.join('\n'));
  return all.flatMap((each) => ('evidence' in each ? [each.evidence] : []));
}

function requireRoom(list: readonly unknown[], room: number, what: string): void {
  if (list.length >= room) throw new ToolRefusal(`There are too many ${what} already.`);
}

/** A reviewer reads it unchecked by the guard. */
function requireHarmless(text: string): void {
  if (hostilityOf(text).length > 0) throw new ToolRefusal('Say what you noticed, and give orders to nobody.');
}
