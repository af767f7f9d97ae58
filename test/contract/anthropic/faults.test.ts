/** What goes wrong on purpose, as a client meets it. */
import { expect, it } from 'vitest';
import { refusals } from '../../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

const hello = {
  model: 'claude-small',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};
const words = 'Long enough for more than one event, and for more than two of them.';

it.each([
  [refusals.badRequest(), 400, 'invalid_request_error'],
  [refusals.badKey(), 401, 'authentication_error'],
  [refusals.forbidden(), 403, 'permission_error'],
  [refusals.notFound(), 404, 'not_found_error'],
  [refusals.conflict(), 409, 'conflict_error'],
  [refusals.tooLarge(), 413, 'invalid_request_error'],
  [refusals.tooMany(), 429, 'rate_limit_error'],
  [refusals.serverError(), 500, 'api_error'],
  [refusals.overloaded(), 529, 'overloaded_error'],
])('%#: refuses as the API does, with the id of the request', async (fault, status, type) => {
  const { anthropic, client } = await anAnthropic({ reply: () => words });
  anthropic.fail('messages.create', fault);
  await expect(client.messages.create(hello)).rejects.toMatchObject({
    status,
    type,
    requestID: expect.stringMatching(/^req_/) as string,
  });
  await client.messages.create(hello);
  expect(anthropic.requests.map((request) => request.status)).toEqual([status, 200]);
});

it('says when to come back, or does not', async () => {
  const { anthropic, client } = await anAnthropic({ reply: () => words });
  const waitOf = async () => {
    const error = (await client.messages.create(hello).catch((thrown: unknown) => thrown)) as {
      headers: Headers;
    };
    return error.headers.get('retry-after');
  };
  anthropic.fail('messages.create', refusals.tooMany(7));
  anthropic.fail('messages.create', refusals.tooMany());
  expect([await waitOf(), await waitOf()]).toEqual(['7', null]);
});

it('loses a request before its effect, or an answer after it', async () => {
  const { anthropic, client } = await anAnthropic({ reply: () => words });
  anthropic.fail('beta.memoryStores.create', { drop: 'request' });
  anthropic.fail('beta.memoryStores.create', { drop: 'answer' });
  const create = (name: string) => client.beta.memoryStores.create({ name });
  await expect(create('one')).rejects.toThrow('Connection error');
  expect(anthropic.stores.list()).toHaveLength(0);
  await expect(create('two')).rejects.toThrow('Connection error');
  expect(anthropic.stores.list()).toHaveLength(1);
});

it('cuts a stream after so many events; ends it too early; says in it what is wrong', async () => {
  const { anthropic, client } = await anAnthropic({ reply: () => words });
  const events = async () => {
    let count = 0;
    for await (const event of await client.messages.create({ ...hello, stream: true })) {
      expect(event.type).toBeTruthy();
      count += 1;
    }
    return count;
  };
  const fail = (then: 'cut' | 'end' | 'overloaded_error') =>
    anthropic.fail('messages.create', { afterEvents: 4, then });
  const whole = await events();
  fail('cut');
  await expect(events()).rejects.toThrow('terminated');
  fail('end');
  // The ping is no event for the SDK.
  expect([whole > 6, await events()]).toEqual([true, 3]);
  fail('overloaded_error');
  await expect(events()).rejects.toMatchObject({ type: 'overloaded_error', status: undefined });
});

it('is slow: before the answer, or with each event of it', async () => {
  const { anthropic, client } = await anAnthropic({
    reply: () => ({ content: words, manner: { pace: 5 } }),
  });
  anthropic.fail('messages.create', { delay: 40 });
  const started = performance.now();
  await client.messages.create(hello);
  expect(performance.now() - started).toBeGreaterThanOrEqual(39);
  const again = performance.now();
  await client.messages.stream(hello).finalMessage();
  expect(performance.now() - again).toBeGreaterThanOrEqual(35);
});
