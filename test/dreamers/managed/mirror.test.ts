import { expect, it } from 'vitest';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { openMirror } from '../../../src/dreamers/managed/stores/mirror.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

it('is one store, though the answer that it was made is lost', async () => {
  const { anthropic } = await anAnthropic();
  const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url });
  const asked = { key: 'of-shop', since: '2026-01-01T00:00:00.000Z' };
  anthropic.fail('beta.memoryStores.create', { drop: 'answer' });
  await expect(openMirror({ client }, asked)).rejects.toThrow('the connection to Anthropic broke');
  const store = await openMirror({ client }, asked);
  expect(anthropic.stores.list()).toEqual([store]);
});
