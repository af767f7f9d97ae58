/** The mind of Claude: observations of every session, a lead that proposes, a grader with fresh eyes. */
import type Anthropic from '@anthropic-ai/sdk';
import { rubricPath } from '../../core/config.ts';
import type { Dreamer, DreamDraft, DreamInput } from '../../core/dream/dreamer.ts';
import { clip } from '../../core/review/visible.ts';
import { BudgetSpentError, type Mind } from '../anthropic/mind.ts';
import { modelsOf } from '../anthropic/models.ts';
import { consolidate, type Consolidated, type ConsolidateParts } from './consolidate/consolidate.ts';
import { storeText } from './consolidate/store-text.ts';
import { improve } from './grade/improve.ts';
import { defaultRubric, readRubric, type Rubric } from './grade/rubric.ts';
import type { Gathered } from './observation.ts';
import { account, reword, type RewordParts } from './reword.ts';

export interface ClaudeOptions {
  readonly open: (input: DreamInput) => Anthropic;
  /** The team's own rubric as it is at a commit, the base of the dream; undefined when there is none. */
  readonly rubric?: (base: string) => Promise<string | undefined>;
  readonly gather: (mind: Mind, input: DreamInput) => Promise<Gathered>;
  /** Hex digits that nobody can guess, for the marks of data. */
  readonly random?: () => string;
  readonly limits?: Pick<ConsolidateParts, 'limits' | 'room'>;
}

export function createClaudeDreamer(options: ClaudeOptions): Required<Dreamer> {
  return {
    name: 'claude',
    paid: true,
    dream: (input) => dreamWith(options, input),
    revise: (input, proposal, remark) => reword({ ...partsOf(options, input), proposal, remark }),
    explain: (input, proposal, remark) => account({ ...partsOf(options, input), proposal, remark }),
  };
}

function partsOf(options: ClaudeOptions, input: DreamInput): Pick<RewordParts, 'mind' | 'input' | 'random'> {
  const { random } = options;
  return { mind: mindOf(options, input), input, ...(random === undefined ? {} : { random }) };
}

function mindOf({ open }: Pick<ClaudeOptions, 'open'>, input: DreamInput): Mind {
  const { config, purse, signal } = input;
  return {
    client: open(input),
    models: modelsOf(config),
    purse,
    prices: config.budget.prices,
    ...(signal === undefined ? {} : { signal }),
  };
}

async function dreamWith(options: ClaudeOptions, input: DreamInput): Promise<DreamDraft> {
  const mind = mindOf(options, input);
  const gathered = await options.gather(mind, input);
  if (gathered.waiting !== undefined) return { ...nothing, waiting: gathered.waiting };
  input.progress('consolidating');
  const random = options.random === undefined ? {} : { random: options.random };
  const store = storeText(input);
  const { observations } = gathered;
  const done = await begin({ mind, input, observations, store, ...random, ...options.limits });
  if (done === undefined || 'waiting' in done)
    return { ...nothing, remarks: kept(gathered.remarks), ...done };
  input.progress('grading');
  const { rubric, remarks } = await rubricOf(options, input);
  const improved = await improve({ mind, input, store, rubric, ...random }, done);
  return {
    proposals: improved.proposals,
    withheld: improved.withheld,
    questions: done.desk.questions,
    leads: done.desk.leads,
    remarks: kept([...done.remarks, ...remarks, ...improved.remarks, ...gathered.remarks]),
    agents: [...done.agents, ...improved.agents],
  };
}

/** A journal holds a hundred remarks of a thousand characters. */
const kept = (remarks: readonly string[]): string[] =>
  remarks.length <= 100
    ? remarks.map((remark) => clip(remark, 1_000))
    : [...kept(remarks.slice(0, 99)), `${remarks.length - 99} more of the kind.`];

const nothing: DreamDraft = { proposals: [], questions: [], leads: [] };

/** Where there is no money to begin with, it is as if nobody had dreamed: later there may be. */
async function begin(
  parts: ConsolidateParts,
): Promise<Consolidated | { readonly waiting: string } | undefined> {
  try {
    return await consolidate(parts);
  } catch (error) {
    if (error instanceof BudgetSpentError)
      return { waiting: `${error.message}; it goes on when there is money again` };
    throw error;
  }
}

async function rubricOf(
  { rubric }: ClaudeOptions,
  { repository }: DreamInput,
): Promise<{ readonly rubric: Rubric; readonly remarks: readonly string[] }> {
  const text = await rubric?.(repository.head);
  const read = text === undefined ? undefined : readRubric(text);
  if (typeof read !== 'string') return { rubric: read ?? defaultRubric(), remarks: [] };
  return {
    rubric: defaultRubric(),
    remarks: [`${rubricPath} cannot be graded by: ${read}. The default was used.`],
  };
}
