/** The dreams of the stand-in, through the real SDK. */
import { expect, it } from 'vitest';
import type { AnthropicOptions } from '../../support/anthropic/options.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

async function aDreamer(dream?: AnthropicOptions['dream']) {
  const { anthropic, client } = await anAnthropic(dream === undefined ? {} : { dream });
  const store = anthropic.stores.create('memory', { '/CLAUDE.md': '- Use npm.' });
  const sessions = [anthropic.sessions.add(), anthropic.sessions.add()];
  const { dreams } = client.beta;
  const create = (more: Partial<Parameters<typeof dreams.create>[0]> = {}) =>
    dreams.create({
      model: 'claude-large',
      inputs: [
        { type: 'memory_store', memory_store_id: store },
        { type: 'sessions', session_ids: sessions },
      ],
      ...more,
    });
  return { anthropic, dreams, store, sessions, create };
}

it('goes through the steps of the test, and writes what it says', async () => {
  const { anthropic, dreams, store, create } = await aDreamer(({ contents, instructions }) => [
    { status: 'pending' },
    { status: 'running', usage: { input_tokens: 500 } },
    { status: 'running', usage: { input_tokens: 900, output_tokens: 50 }, output: { '/half.md': '' } },
    {
      status: 'completed',
      output: { '/CLAUDE.md': `${contents['/CLAUDE.md'] ?? ''}\n${instructions ?? ''}` },
    },
  ]);
  const { id, ...created } = await create({ instructions: '- Use pnpm.' });
  expect(created).toMatchObject({ status: 'pending', outputs: [], output_behavior: { type: 'create_new' } });
  const seen = [];
  for (let time = 0; time < 5; time += 1) seen.push(await dreams.retrieve(id));
  expect(seen.map(({ status, outputs, usage }) => [status, outputs.length, usage.input_tokens])).toEqual([
    ['pending', 0, 0],
    ['running', 0, 500],
    ['running', 1, 900],
    ['completed', 1, 900],
    ['completed', 1, 900],
  ]);
  const output = seen[4]?.outputs[0]?.memory_store_id ?? '';
  expect(output).not.toBe(store);
  expect(anthropic.stores.contents(output)).toEqual({ '/CLAUDE.md': '- Use npm.\n- Use pnpm.' });
  expect(anthropic.stores.contents(store)).toEqual({ '/CLAUDE.md': '- Use npm.' });
});

it('fails with the error of the test, and is archived then', async () => {
  const error = { type: 'input_session_unavailable', message: 'gone' };
  const { dreams, create } = await aDreamer(() => [{ status: 'failed', error }]);
  const { id } = await create();
  await expect(dreams.archive(id)).rejects.toMatchObject({ status: 400 });
  expect(await dreams.retrieve(id)).toMatchObject({ status: 'failed', error, outputs: [] });
  await expect(dreams.cancel(id)).rejects.toMatchObject({ status: 400 });
  await dreams.archive(id);
  const ids = async (params = {}) => (await dreams.list(params)).data.map((dream) => dream.id);
  expect(await ids()).toEqual([]);
  expect(await ids({ include_archived: true, statuses: ['failed'] })).toEqual([id]);
});

it('is canceled in the middle, and stays so', async () => {
  const { dreams, create } = await aDreamer();
  const { id } = await create();
  await dreams.retrieve(id);
  await dreams.retrieve(id);
  expect(await dreams.cancel(id)).toMatchObject({ status: 'canceled', usage: { input_tokens: 1_000 } });
  expect(await dreams.retrieve(id)).toMatchObject({ status: 'canceled', outputs: [] });
});

it('writes into the store itself where that is asked for, one dream at a time', async () => {
  const { anthropic, dreams, store, create } = await aDreamer(() => [
    { status: 'completed', output: { '/new.md': 'new' } },
  ]);
  const output_behavior = { type: 'update_existing', memory_store_id: store } as const;
  const { id } = await create({ output_behavior });
  await expect(create({ output_behavior })).rejects.toMatchObject({ status: 409 });
  await dreams.retrieve(id);
  expect(anthropic.stores.contents(store)).toEqual({ '/new.md': 'new' });
});

it('refuses what it could not read', async () => {
  const { anthropic, store, sessions, create } = await aDreamer();
  const memory = { type: 'memory_store', memory_store_id: store } as const;
  const read = (session_ids: string[]) => ({ type: 'sessions', session_ids }) as const;
  const status = async (more: Parameters<typeof create>[0]) =>
    create(more).then(
      () => 200,
      (error: unknown) => (error as { status: number }).status,
    );
  const [first = ''] = sessions;
  const many = Array.from({ length: 101 }, () => anthropic.sessions.add());
  expect(await status({ inputs: [memory] })).toBe(400);
  expect(await status({ inputs: [memory, read([])] })).toBe(400);
  expect(await status({ inputs: [memory, read([first, first])] })).toBe(400);
  expect(await status({ inputs: [memory, read(many)] })).toBe(400);
  expect(await status({ inputs: [memory, read(['sesn_none'])] })).toBe(404);
  expect(await status({ instructions: 'x'.repeat(4_097) })).toBe(400);
  expect(await status({ instructions: 'x'.repeat(4_096) })).toBe(200);
});
