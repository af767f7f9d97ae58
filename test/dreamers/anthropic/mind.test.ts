import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openPurse, spentOf, type Allowance } from '../../../src/core/dream/purse.ts';
import { askMind, BudgetSpentError, type Ask, type Mind } from '../../../src/dreamers/anthropic/mind.ts';
import { defaultModels } from '../../../src/dreamers/anthropic/models.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { refusals } from '../../support/anthropic/server/refusal.ts';

const ask = (over: Partial<Ask['request']> = {}): Ask => ({
  phase: 'grade',
  doing: 'grading a proposal',
  request: { max_tokens: 1_000, messages: [{ role: 'user', content: 'Is it good?' }], ...over },
});

function mindOf(client: Anthropic, allowance: Allowance = {}, prices: Mind['prices'] = {}): Mind {
  return { client, models: defaultModels, purse: openPurse(allowance), prices };
}

describe('asking a model', () => {
  it('pays what the answer says that it used', async () => {
    const { client, anthropic } = await anAnthropic({ reply: () => 'Yes.' });
    const mind = mindOf(client);
    const message = await askMind(mind, ask());
    expect(message.content).toMatchObject([{ type: 'text', text: 'Yes.' }]);
    const { input_tokens: input, output_tokens: output } = message.usage;
    expect(mind.purse.bills()).toEqual([
      {
        phase: 'grade',
        model: defaultModels.grade,
        batch: false,
        calls: 1,
        inputTokens: input,
        outputTokens: output,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        usd: (input * 2 + output * 10) / 1e6,
      },
    ]);
    // Without a limit there is nothing to count for.
    expect(anthropic.requests).toHaveLength(1);
  });

  it('counts before where there is a limit, and does not ask when it may not reach', async () => {
    const { client, anthropic } = await anAnthropic({ reply: () => 'Yes.' });
    const mind = mindOf(client, { tokens: 1_500 });
    await askMind(mind, ask());
    expect(mind.purse.left().tokens).toBe(1_500 - spentOf(mind.purse.bills()).tokens);
    await expect(askMind(mind, ask({ max_tokens: 1_500 }))).rejects.toThrow(BudgetSpentError);
    expect(anthropic.asked).toHaveLength(1);
    expect(mind.purse.bills()[0]?.calls).toBe(1);
  });

  it('asks no model without a price where dollars are limited', async () => {
    const { client, anthropic } = await anAnthropic({ reply: () => 'Yes.' });
    const models = { ...defaultModels, grade: 'claude-of-tomorrow' };
    await expect(askMind({ ...mindOf(client, { usd: 5 }), models }, ask())).rejects.toThrow(
      'no price is known for claude-of-tomorrow',
    );
    const prices = { 'claude-of-tomorrow': { input: 1, output: 2 } };
    const mind = { ...mindOf(client, { usd: 5 }, prices), models };
    await askMind(mind, ask());
    expect(mind.purse.bills()[0]?.usd).toBeGreaterThan(0);
    expect(anthropic.asked).toHaveLength(1);
  });

  it('gives back what it held when nothing was answered', async () => {
    const { client, anthropic } = await anAnthropic({ reply: () => 'Yes.' });
    anthropic.fail('messages.create', refusals.badKey());
    const mind = mindOf(client, { tokens: 5_000 });
    await expect(askMind(mind, ask())).rejects.toThrow('grading a proposal');
    expect(mind.purse.left()).toEqual({ tokens: 5_000 });
    expect(mind.purse.bills()).toEqual([]);
  });

  it('pays for answers that are not in the form asked for, and hands them over', async () => {
    const { client } = await anAnthropic({ reply: () => ({ content: 'no JSON', malformed: true }) });
    const mind = mindOf(client);
    const format = zodOutputFormat(z.object({ score: z.number() }));
    const message = await askMind(mind, ask({ output_config: { format } }));
    expect(message.content).toMatchObject([{ text: 'no JSON' }]);
    expect(mind.purse.bills()).toHaveLength(1);
  });
});
