import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/core/config.ts';
import { defaultModels, modelsOf } from '../../../src/dreamers/anthropic/models.ts';
import { costOf, mostOf } from '../../../src/dreamers/anthropic/prices.ts';

const tokens = { inputTokens: 1e6, outputTokens: 1e6, cacheReadTokens: 1e6, cacheWriteTokens: 1e6 };
const usual = { batch: false, prices: {} };

describe('the price of a request', () => {
  it('is that of its model, per million tokens', () => {
    expect(costOf('claude-opus-4-5', tokens, usual)).toBeCloseTo(5 + 25 + 0.5 + 6.25);
  });

  it('is that of the model behind a snapshot', () => {
    expect(costOf('claude-haiku-4-5-20251001', tokens, usual)).toBe(
      costOf('claude-haiku-4-5', tokens, usual),
    );
  });

  it('is half in a batch', () => {
    expect(costOf('claude-opus-5-5', tokens, { ...usual, batch: true })).toBe(
      (costOf('claude-opus-5-5', tokens, usual) ?? 0) / 2,
    );
  });

  it('grows with the prompt where the model says so', () => {
    const short = { inputTokens: 100_000, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
    expect(costOf('claude-haiku-5-5', short, usual)).toBeCloseTo(0.01);
    const long = { ...short, cacheReadTokens: 1 };
    expect(costOf('claude-haiku-5-5', long, usual)).toBeCloseTo(0.05);
  });

  it('is not made up for a model nobody knows, and the config may say it', () => {
    expect(costOf('claude-of-tomorrow', tokens, usual)).toBeUndefined();
    const prices = { 'claude-of-tomorrow': { input: 1, output: 2, cacheRead: 0 } };
    expect(costOf('claude-of-tomorrow', tokens, { batch: false, prices })).toBeCloseTo(1 + 2 + 0 + 1.25);
  });

  it('is at most that of a prompt written to the cache and an answer that fills its room', () => {
    expect(mostOf('claude-opus-4-5', 1e6, 1e6, usual)).toEqual({ tokens: 2e6, usd: 6.25 + 25 });
  });

  it('is known for every model that is used unless the config names one', () => {
    for (const model of Object.values(defaultModels)) expect(costOf(model, tokens, usual)).toBeGreaterThan(0);
  });
});

describe('which model does what', () => {
  const modelled = (model: unknown) => modelsOf(configSchema.parse({ dream: { model } }));

  it('is one of each size, one for all, or as the config says for each phase', () => {
    expect(modelsOf(configSchema.parse({}))).toEqual(defaultModels);
    expect(modelled('m')).toEqual({ extract: 'm', consolidate: 'm', grade: 'm' });
    expect(modelled({ grade: 'g' })).toEqual({ ...defaultModels, grade: 'g' });
  });
});
