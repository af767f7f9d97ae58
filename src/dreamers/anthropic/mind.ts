/** Asking a model: counted before, held in the purse, streamed to its end, paid by what was used. */
import type Anthropic from '@anthropic-ai/sdk';
import type { Config } from '../../core/config.ts';
import type { Bill, Hold, Money, Purse } from '../../core/dream/purse.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { askingAnthropic } from './failure.ts';
import type { Models, Phase } from './models.ts';
import { costOf, mostOf } from './prices.ts';
import { finalMessage } from './stream.ts';

export interface Mind {
  readonly client: Anthropic;
  readonly models: Models;
  readonly purse: Purse;
  readonly prices: Config['budget']['prices'];
  readonly signal?: AbortSignal;
}

export type Request = Omit<Anthropic.MessageCreateParamsNonStreaming, 'model' | 'stream'>;

export interface Ask {
  /** Whose model is asked. */
  readonly phase: Phase;
  /** What the bill says, where it is not the phase: `revise`, `explain`. */
  readonly billed?: string;
  /** For errors: "grading a proposal". */
  readonly doing: string;
  readonly request: Request;
}

/** The budget does not reach for a request; it was not made. */
export class BudgetSpentError extends DreamkeeperError {
  constructor(doing: string) {
    super('limit', `the budget does not reach for ${doing}`, {
      remedy: 'Raise budget in .github/dreamkeeper.yml, or wait until the month has passed.',
    });
  }
}

/**
 * @throws {BudgetSpentError} before anything is spent; {DreamkeeperError} `model` or {RetryLaterError} as
 * `askingAnthropic` says; `config` where there is a budget in dollars and nobody knows the price of the model.
 */
export async function askMind(mind: Mind, ask: Ask): Promise<Anthropic.Message> {
  const { client, purse, prices, signal } = mind;
  const model = mind.models[ask.phase];
  const bill = ({ usage }: Anthropic.Message): Bill =>
    billOf(ask.billed ?? ask.phase, model, usage, { batch: false, prices });
  const hold = await holdFor(mind, ask, model);
  try {
    const message = await askingAnthropic(ask.doing, () =>
      finalMessage(
        client,
        { ...unparsed(ask.request), model },
        {
          ...(signal === undefined ? {} : { signal }),
          // What was cut or aborted is billed as far as it came.
          lost: (partial) => purse.hold({ tokens: 0, usd: 0 })?.settle(bill(partial)),
        },
      ),
    );
    hold.settle(bill(message));
    return message;
  } finally {
    // Does nothing once it is settled; what was not answered is not charged for.
    hold.release();
  }
}

/** The SDK throws an answer away that it cannot parse, with what it cost: whoever asks parses it. */
function unparsed(request: Request): Request {
  const format = request.output_config?.format;
  if (format === undefined || format === null) return request;
  const { type, schema } = format;
  return { ...request, output_config: { ...request.output_config, format: { type, schema } } };
}

/** Without a limit there is nothing to count for. */
async function holdFor(mind: Mind, { doing, request }: Ask, model: string): Promise<Hold> {
  const { purse } = mind;
  const limited = purse.allowance.tokens !== undefined || purse.allowance.usd !== undefined;
  const most = limited
    ? await estimate(mind, { doing, request, model, batch: false })
    : { tokens: 0, usd: 0 };
  const hold = purse.hold(most);
  if (hold === undefined) throw new BudgetSpentError(doing);
  return hold;
}

/**
 * The most that a request can cost, its prompt counted by the API.
 * @throws as `askMind`.
 */
export async function estimate(
  { client, purse, prices, signal }: Mind,
  asked: {
    readonly doing: string;
    readonly request: Request;
    readonly model: string;
    readonly batch: boolean;
  },
): Promise<Money> {
  const { doing, request, model, batch } = asked;
  requirePrice(purse, model, prices);
  const { system, messages, tools, tool_choice, output_config, thinking } = request;
  const counted = await askingAnthropic(`counting the tokens for ${doing}`, () =>
    client.messages.countTokens(
      {
        model,
        messages,
        ...(system === undefined ? {} : { system }),
        ...(tools === undefined ? {} : { tools: tools }),
        ...(tool_choice === undefined ? {} : { tool_choice }),
        ...(output_config === undefined ? {} : { output_config }),
        ...(thinking === undefined ? {} : { thinking }),
      },
      signal === undefined ? {} : { signal },
    ),
  );
  return mostOf(model, counted.input_tokens, request.max_tokens, { batch, prices });
}

/** @throws {DreamkeeperError} `config` where there is a budget in dollars and nobody knows the price of the model. */
export function requirePrice(
  { allowance }: Pick<Purse, 'allowance'>,
  model: string,
  prices: Mind['prices'],
): void {
  const free = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  if (allowance.usd === undefined || costOf(model, free, { batch: false, prices }) !== undefined) return;
  throw new DreamkeeperError('config', `there is a budget in dollars, and no price is known for ${model}`, {
    remedy: 'Say its price under budget.prices in .github/dreamkeeper.yml, or limit tokens instead.',
  });
}

/** @param usage as the API reports it. */
export function billOf(
  phase: string,
  model: string,
  usage: Pick<
    Anthropic.Usage,
    'input_tokens' | 'output_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens'
  >,
  options: { readonly batch: boolean; readonly prices: Mind['prices'] },
): Bill {
  const tokens = {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
  const usd = costOf(model, tokens, options);
  return { phase, model, batch: options.batch, calls: 1, ...tokens, ...(usd === undefined ? {} : { usd }) };
}
