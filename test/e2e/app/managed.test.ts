/** A team whose agents run at Anthropic: the App hears of their sessions, dreams there, and brings back what was merged. */
import { expect, it, vi } from 'vitest';
import { anthropicWebhooksPath } from '../../../src/http/anthropic-webhooks.ts';
import { personSays } from '../../support/anthropic/sessions/session.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { signedWebhook, webhookKey } from '../../support/anthropic/webhooks.ts';
import { aTeam, configPath } from './team.ts';

vi.setConfig({ testTimeout: 120_000 });

const memory = '# Notes\n\n- Run the tests before you push.\n';
const learned = 'The nightly job needs the replica to be awake.';
const usage = { input_tokens: 40_000, output_tokens: 2_000 };

it('is heard, dreamed about over several looks, merged, and brought to the agents', async () => {
  const { anthropic } = await anAnthropic({
    dream: () => [
      { status: 'running', usage },
      { status: 'completed', usage, output: { '/CLAUDE.md': `${memory}- ${learned}\n` } },
    ],
  });
  const store = anthropic.stores.create('memory of the agents');
  const config = `dream:\n  dreamer: managed\nmanaged:\n  agent: agent_0000000001\nsync:\n  store: ${store}\n`;
  const env = {
    ANTHROPIC_API_KEY: anthropic.key,
    ANTHROPIC_BASE_URL: anthropic.url,
    ANTHROPIC_WEBHOOK_SECRET: webhookKey,
  };
  const team = await aTeam({ app: { env }, files: { 'CLAUDE.md': memory, [configPath]: config } });
  const { github, app, at } = team;
  expect(anthropic.stores.contents(store)).toEqual({ '/CLAUDE.md': memory });

  // A session comes to rest, and Anthropic says so.
  const id = anthropic.sessions.add({
    events: [personSays('Careful: the nightly job needs the replica to be awake, because it reads from it.')],
  });
  const event = signedWebhook({ type: 'session.status_idled', id }, { id: 'wevt_1', at: new Date() });
  expect((await fetch(`${app.url()}${anthropicWebhooksPath}`, event)).status).toBe(204);
  await app.later('1 day');
  await app.idle();

  // The dream goes on at Anthropic between two looks, and is proposed with the words it rests on.
  await app.later('1 hour');
  await app.idle();
  const pull = team.openPull();
  expect(pull.body).toContain('the nightly job needs the replica to be awake, because it reads from it');
  expect(pull.body).toContain('40,000 input and 2,000 output tokens');
  const asked = anthropic.requests.filter(({ operation }) => operation === 'beta.dreams.create');
  expect(asked).toHaveLength(1);

  await github.as('ana').rest.pulls.merge({ ...at, pull_number: pull.number });
  await app.idle();
  expect(anthropic.stores.contents(store)).toEqual({ '/CLAUDE.md': `${memory}- ${learned}\n` });
  expect(JSON.stringify(app.log())).not.toContain(anthropic.key);
});
