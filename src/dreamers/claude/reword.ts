/** What a reviewer asks of one proposal: other words for it, or what it stands on. */
import { z } from 'zod';
import type { DreamInput, Remark } from '../../core/dream/dreamer.ts';
import type { Proposal } from '../../core/dream/proposal.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { entriesOf } from '../../core/memory/operation.ts';
import type { Mind } from '../anthropic/mind.ts';
import { searchEntries } from './consolidate/search.ts';
import { storeText } from './consolidate/store-text.ts';
import { openDataBlocks } from './data-block.ts';
import { evidenceLine, operationLine } from './draft-text.ts';
import { promptOf } from './prompt.ts';
import { askStructured } from './structured-answer.ts';

export interface RewordParts {
  readonly mind: Mind;
  readonly input: DreamInput;
  readonly proposal: Proposal;
  readonly remark: Remark;
  readonly random?: () => string;
}

/** Tokens of an answer, what the model thinks to itself included. */
const answerTokens = 6_000;
const nearEntries = 8;

const textSchema = z.object({ text: z.string().describe('The text of the entry.') });
const answerSchema = z.object({ answer: z.string().describe('Plain prose.') });

/** @returns the text that the proposal shall say. @throws {DreamkeeperError} `model` when there is none; and as `askMind`. */
export async function reword(parts: RewordParts): Promise<string> {
  const { text } = await ask(parts, 'revise', 'rewording a proposal', textSchema);
  if (text.trim() === '') throw noAnswer('rewording a proposal');
  return text.trim();
}

/** @returns prose. @throws as `reword`. */
export async function account(parts: RewordParts): Promise<string> {
  return (await ask(parts, 'explain', 'explaining a proposal', answerSchema)).answer.trim();
}

async function ask<S extends z.ZodType>(
  { mind, input, proposal, remark, random }: RewordParts,
  billed: 'revise' | 'explain',
  doing: string,
  schema: S,
): Promise<z.infer<S>> {
  const blocks = openDataBlocks(random);
  const request = {
    max_tokens: answerTokens,
    system: promptOf(billed, { marker: blocks.marker }),
    messages: [{ role: 'user' as const, content: blocks.enclose(materialOf(input, proposal, remark)) }],
  };
  const answer = await askStructured(mind, { phase: 'consolidate', billed, doing, request }, schema);
  if ('failed' in answer) throw noAnswer(doing);
  return answer.value;
}

function noAnswer(doing: string): DreamkeeperError {
  return new DreamkeeperError('model', `${doing}: the model gave no answer that could be used`, {
    remedy: 'Ask again, or say the whole text in a suggestion block.',
  });
}

function materialOf(input: DreamInput, proposal: Proposal, { person, words }: Remark): string {
  const { kind, rationale, operations, evidence } = proposal;
  const store = storeText(input);
  const touched = operations.flatMap(entriesOf);
  const written = operations.flatMap((operation) => ('text' in operation ? [operation.text] : []));
  const near = searchEntries(input.store)(written.join('\n')).filter(({ id }) => !touched.includes(id));
  const shown = [
    ...touched.flatMap((id) => input.store.entries.get(id) ?? []),
    ...near.slice(0, nearEntries),
  ];
  return [
    `The proposal: ${kind}`,
    `Rationale: ${rationale}`,
    ...operations.map(operationLine),
    'Evidence:',
    ...evidence.map(evidenceLine),
    'Entries of memory that it touches or that are about the same:',
    ...(shown.length === 0 ? ['none'] : shown.map((entry) => store.entry(entry))),
    `${person}, who reviews it, says:`,
    words,
  ].join('\n');
}
