/** The Message Batches of the stand-in, through the real SDK. */
import type Anthropic from '@anthropic-ai/sdk';
import { expect, it } from 'vitest';
import { refusals } from '../../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

const item = (custom_id: string, change: object = {}) => ({
  custom_id,
  params: {
    model: 'claude-small',
    max_tokens: 100,
    messages: [{ role: 'user' as const, content: `Read ${custom_id}` }],
    ...change,
  },
});

async function resultsOf(client: Anthropic, id: string) {
  const results = new Map<string, Anthropic.Messages.Batches.MessageBatchResult>();
  for await (const { custom_id, result } of await client.messages.batches.results(id))
    results.set(custom_id, result);
  return results;
}

it('answers each item, and tells what became of each', async () => {
  const { anthropic, client } = await anAnthropic({
    reply: ({ latest, customId }) =>
      customId === 'b' ? refusals.serverError() : `${String(customId)}: ${latest}`,
  });
  const created = await client.messages.batches.create({
    requests: [item('a'), item('b'), item('c', { temperature: 1 })],
  });
  expect(created).toMatchObject({ processing_status: 'in_progress', request_counts: { processing: 3 } });
  const ended = await client.messages.batches.retrieve(created.id);
  expect(ended).toMatchObject({
    processing_status: 'ended',
    request_counts: { processing: 0, succeeded: 1, errored: 2 },
  });
  const results = await resultsOf(client, created.id);
  expect([...results.keys()]).toEqual(['c', 'b', 'a']);
  expect(results.get('a')).toMatchObject({
    type: 'succeeded',
    message: { content: [{ text: 'a: Read a' }], usage: { service_tier: 'batch' } },
  });
  expect(results.get('b')).toMatchObject({ type: 'errored', error: { error: { type: 'api_error' } } });
  expect(results.get('c')).toMatchObject({
    error: { error: { message: expect.stringContaining('temperature') as string } },
  });
  expect(anthropic.asked.map(({ customId }) => customId)).toEqual(['a', 'b']);
});

it('works until the test says so; items may expire, or be canceled', async () => {
  const { anthropic, client } = await anAnthropic({ reply: () => 'Read.', batches: 'when told' });
  const one = await client.messages.batches.create({ requests: [item('a'), item('b')] });
  await expect(client.messages.batches.results(one.id)).rejects.toThrow('in_progress');
  await anthropic.endBatches((id) => id === 'b');
  const results = await resultsOf(client, one.id);
  expect([results.get('a')?.type, results.get('b')?.type]).toEqual(['succeeded', 'expired']);
  const two = await client.messages.batches.create({ requests: [item('a')] });
  expect(await client.messages.batches.cancel(two.id)).toMatchObject({ processing_status: 'canceling' });
  await anthropic.endBatches();
  expect((await resultsOf(client, two.id)).get('a')).toEqual({ type: 'canceled' });
});

it('lists batches, newest first, and deletes those that ended', async () => {
  const { client } = await anAnthropic({ reply: () => 'Read.' });
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c'])
    ids.unshift((await client.messages.batches.create({ requests: [item(name)] })).id);
  const listed: string[] = [];
  for await (const { id } of client.messages.batches.list({ limit: 2 })) listed.push(id);
  expect(listed).toEqual(ids);
  const [last = ''] = ids;
  await expect(client.messages.batches.delete(last)).rejects.toMatchObject({ status: 400 });
  await client.messages.batches.retrieve(last);
  await client.messages.batches.delete(last);
  await expect(client.messages.batches.retrieve(last)).rejects.toMatchObject({ status: 404 });
});

it('refuses items of one name, and names that are none', async () => {
  const { client } = await anAnthropic({ reply: () => 'Never.' });
  const create = (...requests: ReturnType<typeof item>[]) => client.messages.batches.create({ requests });
  await expect(create(item('a'), item('a'))).rejects.toMatchObject({ status: 400 });
  await expect(create(item('a b'))).rejects.toMatchObject({ status: 400 });
  await expect(create()).rejects.toMatchObject({ status: 400 });
});

it('cuts results in their middle', async () => {
  const { anthropic, client } = await anAnthropic({ reply: () => 'Read.' });
  const { id } = await client.messages.batches.create({ requests: [item('a'), item('b')] });
  anthropic.fail('messages.batches.results', { afterEvents: 1, then: 'cut' });
  await expect(resultsOf(client, id)).rejects.toThrow();
});
