/** Signed as Anthropic signs them: the SDK itself is the judge. */
import { expect, it } from 'vitest';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { signedWebhook, webhookKey } from '../../support/anthropic/webhooks.ts';

it('is unwrapped by the SDK; changed, old or with another key it is not', async () => {
  const { client } = await anAnthropic();
  const data = { type: 'session.status_idled', id: 'sesn_1' } as const;
  const parts = { id: 'wevt_1', at: new Date() };
  const { headers, body } = signedWebhook(data, parts);
  const unwrap = (text: string, signed = headers) =>
    client.beta.webhooks.unwrap(text, { headers: { ...signed }, key: webhookKey });
  expect(unwrap(body)).toMatchObject({ id: 'wevt_1', type: 'event', data });
  expect(() => unwrap(body.replace('sesn_1', 'sesn_2'))).toThrow();
  const old = signedWebhook(data, { ...parts, at: new Date(Date.now() - 3_600_000) });
  expect(() => unwrap(old.body, old.headers)).toThrow();
  const key = `whsec_${Buffer.from('another').toString('base64')}`;
  const forged = signedWebhook(data, { ...parts, key });
  expect(() => unwrap(forged.body, forged.headers)).toThrow();
});
