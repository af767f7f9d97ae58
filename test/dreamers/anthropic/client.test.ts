/** How the SDK behaves as we open it: what it asks again, how long it waits, what it reads and writes. */
import { describe, expect, it, vi } from 'vitest';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { refusals } from '../../support/anthropic/server/refusal.ts';

const hello = {
  model: 'claude-small',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

async function opened(maxRetries?: number) {
  const { anthropic } = await anAnthropic({ reply: () => 'Hello yourself.' });
  const { key: apiKey, url: baseURL } = anthropic;
  return {
    anthropic,
    client: openAnthropic({ apiKey, baseURL, ...(maxRetries === undefined ? {} : { maxRetries }) }),
  };
}

describe('the connection', () => {
  it('asks again after limits, overload and failures, as soon as it may', async () => {
    const { anthropic, client } = await opened();
    anthropic.fail('messages.create', refusals.tooMany(0.01));
    anthropic.fail('messages.create', refusals.overloaded(0.01));
    anthropic.fail('messages.create', { ...refusals.serverError(), headers: { 'retry-after-ms': '10' } });
    await client.messages.create(hello);
    expect(anthropic.requests.map(({ status, retry }) => [status, retry])).toEqual([
      [429, 0],
      [529, 1],
      [500, 2],
      [200, 3],
    ]);
  });

  it('asks again when the connection breaks before an answer', async () => {
    const { anthropic, client } = await opened(1);
    anthropic.fail('messages.create', { drop: 'request' });
    await client.messages.create(hello);
    expect(anthropic.requests).toHaveLength(2);
  });

  it('gives up at once when told to wait for long', async () => {
    const { anthropic, client } = await opened();
    anthropic.fail('messages.create', refusals.tooMany(3_600));
    await expect(client.messages.create(hello)).rejects.toMatchObject({
      status: 429,
      apiMessage: expect.stringContaining('rate limit') as string,
    });
    expect(anthropic.requests).toHaveLength(1);
  });

  it('gives up an answer that does not begin', async () => {
    const { anthropic } = await opened();
    const { key: apiKey, url: baseURL } = anthropic;
    const client = openAnthropic({ apiKey, baseURL, timeoutMs: 30, maxRetries: 0 });
    anthropic.fail('messages.create', { hang: 'request' });
    await expect(client.messages.create(hello)).rejects.toThrow('timed out');
  });
});

it('takes nothing from the environment, and says nothing', async () => {
  for (const [name, value] of Object.entries({
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    ANTHROPIC_API_KEY: 'sk-ant-of-somebody-else',
    ANTHROPIC_AUTH_TOKEN: 'another',
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_WEBHOOK_SIGNING_KEY: 'whsec_x',
  }))
    vi.stubEnv(name, value);
  const said = (['debug', 'info', 'log', 'warn', 'error'] as const).map((way) => vi.spyOn(console, way));
  const { anthropic, client } = await opened();
  await client.messages.create(hello);
  expect(anthropic.requests).toMatchObject([{ status: 200 }]);
  expect(client.webhookKey).toBeNull();
  expect(openAnthropic({ apiKey: 'sk-ant-x' }).baseURL).toBe('https://api.anthropic.com');
  for (const way of said) expect(way).not.toHaveBeenCalled();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
