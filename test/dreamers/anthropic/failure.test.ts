/** What errors of the API mean for a job, and what they tell a person. */
import { APIUserAbortError } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { RetryLaterError } from '../../../src/core/error.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { askingAnthropic } from '../../../src/dreamers/anthropic/failure.ts';
import type { FalseAnswer } from '../../support/forge/server/faults.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { errorBody, refusals } from '../../support/anthropic/server/refusal.ts';

const hello = {
  model: 'claude-small',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

/** @returns what a job sees of an answer that is an error. */
async function failure(reply: FalseAnswer): Promise<Error & { remedy?: string; retryAfter?: number }> {
  const { anthropic } = await anAnthropic({ reply: () => reply });
  const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 });
  const error: unknown = await askingAnthropic('grading a proposal', () =>
    client.messages.create(hello),
  ).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('it fails');
  return error;
}

describe('what a person must do something about', () => {
  it.each([
    [refusals.badKey(), 'model', /^grading a proposal: Anthropic refused \(401\)/, /Check ANTHROPIC_API_KEY/],
    [refusals.forbidden(), 'model', /permission/, /workspace/],
    [refusals.notFound('model: claude-none'), 'model', /model: claude-none/, /dreamkeeper\.yml/],
    [refusals.badRequest('tools: too many'), 'model', /tools: too many/, /dream\.model/],
    [refusals.tooLarge(), 'limit', /413/, /fewer sessions/],
  ])('%#: says what and where', async (reply, code, message, remedy) => {
    const error = await failure(reply);
    expect(error).toMatchObject({ name: 'DreamkeeperError', code, retryable: false });
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });

  it('includes a limit on spending, which no minute mends', async () => {
    const details = { error_code: 'enforced_spend_limit_reached' };
    const body = errorBody(429, 'You have reached your usage limit.', 'rate_limit_error', { details });
    expect(await failure({ status: 429, body })).toMatchObject({
      code: 'model',
      remedy: expect.stringContaining('limit on spending') as string,
    });
  });

  it('never tells the key', async () => {
    const error = await failure(refusals.badRequest('no header sk-ant-api03-of-the-tests_ab, please'));
    expect(error.message).toContain('no header [key], please');
  });
});

describe('what passes', () => {
  it.each([
    [refusals.tooMany(0.5), 0.5],
    [refusals.tooMany(7_200), 7_200],
    [refusals.tooMany(), 60],
    [refusals.overloaded(), 60],
    [refusals.serverError(503), 60],
    [{ ...refusals.overloaded(), headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } }, 0],
  ])('%#: is a reason to come back', async (reply, seconds) => {
    const error = await failure(reply);
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(error.retryAfter).toBe(seconds);
  });

  it('includes connections that break, before the answer and in it', async () => {
    const { anthropic } = await anAnthropic({ reply: () => 'A long answer, of which half is lost.' });
    const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 });
    anthropic.fail('messages.create', { drop: 'answer' });
    anthropic.fail('messages.create', { afterEvents: 1, then: 'cut' });
    for (let time = 0; time < 2; time += 1)
      await expect(askingAnthropic('reading', () => client.messages.create(hello))).rejects.toThrow(
        new RetryLaterError('reading: the connection to Anthropic broke', 60),
      );
  });
});

it('lets an abort pass through, and what it does not know', async () => {
  const { anthropic } = await anAnthropic({ reply: () => 'Too late.' });
  const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url });
  const signal = AbortSignal.abort();
  const asked = askingAnthropic('reading', () => client.messages.create(hello, { signal }));
  await expect(asked).rejects.toBeInstanceOf(APIUserAbortError);
  const other = new RangeError('ours');
  await expect(askingAnthropic('reading', () => Promise.reject(other))).rejects.toBe(other);
});
