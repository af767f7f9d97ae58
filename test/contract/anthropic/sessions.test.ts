/** The sessions of managed agents of the stand-in, through the real SDK. */
import { expect, it } from 'vitest';
import { agentSays, personSays } from '../../support/anthropic/sessions/session.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

it('lists sessions, newest first, of an agent, a deployment or a store', async () => {
  const { anthropic, client } = await anAnthropic();
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  const { add } = anthropic.sessions;
  const one = add({ agent: 'agent_a', createdAt: at(1) });
  const two = add({ agent: 'agent_a', deployment: 'depl_1', createdAt: at(2), status: 'running' });
  const three = add({ agent: 'agent_b', memoryStores: ['memstore_1'], createdAt: at(3) });
  const list = async (params: Parameters<typeof client.beta.sessions.list>[0]) => {
    const ids: string[] = [];
    for await (const { id } of client.beta.sessions.list(params)) ids.push(id);
    return ids;
  };
  expect(await list({ limit: 1 })).toEqual([three, two, one]);
  expect(await list({ agent_id: 'agent_a', order: 'asc' })).toEqual([one, two]);
  expect(await list({ deployment_id: 'depl_1' })).toEqual([two]);
  expect(await list({ memory_store_id: 'memstore_1' })).toEqual([three]);
  expect(await list({ 'created_at[gt]': at(1).toISOString(), statuses: ['idle'] })).toEqual([three]);
  anthropic.sessions.archive(three);
  expect(await list({ agent_id: 'agent_b' })).toEqual([]);
  anthropic.sessions.delete(two);
  await expect(client.beta.sessions.retrieve(two)).rejects.toMatchObject({ status: 404 });
  expect(await client.beta.sessions.retrieve(one)).toMatchObject({
    agent: { id: 'agent_a' },
    status: 'idle',
  });
});

it('lists what happened in a session, a page at a time, and what happens later', async () => {
  const { anthropic, client } = await anAnthropic();
  const events = Array.from({ length: 25 }, (_, n) => (n % 2 === 0 ? personSays(`${n}`) : agentSays(`${n}`)));
  const session = anthropic.sessions.add({ events });
  const list = async (params: Parameters<typeof client.beta.sessions.events.list>[1] = {}) => {
    const texts: string[] = [];
    for await (const event of client.beta.sessions.events.list(session, params))
      texts.push(JSON.stringify(event));
    return texts;
  };
  const all = await list();
  expect(all).toHaveLength(25);
  expect(anthropic.requests).toHaveLength(2);
  expect(all[0]).toContain('"text":"0"');
  expect(await list({ types: ['user.message'], limit: 100 })).toHaveLength(13);
  anthropic.sessions.goOn(
    session,
    [{ type: 'agent.tool_use', name: 'bash', input: { command: 'ls' } }, agentSays('done')],
    'terminated',
  );
  expect((await list({ order: 'desc' }))[0]).toContain('"text":"done"');
  expect(await client.beta.sessions.retrieve(session)).toMatchObject({ status: 'terminated' });
});
