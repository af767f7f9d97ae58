/** What most tests begin with: the stand-in, ended and checked with the test, and the SDK that talks to it. */
import Anthropic from '@anthropic-ai/sdk';
import { onTestFinished } from 'vitest';
import type { AnthropicOptions } from './options.ts';
import { startAnthropic, type AnthropicStandIn } from './start.ts';

export interface AnthropicSetting {
  readonly anthropic: AnthropicStandIn;
  /** The SDK as it comes; it tries nothing again. */
  readonly client: Anthropic;
}

export async function anAnthropic(options: AnthropicOptions = {}): Promise<AnthropicSetting> {
  const anthropic = await startAnthropic(options);
  onTestFinished(() => anthropic.stop());
  const { url, key } = anthropic;
  return { anthropic, client: new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 }) };
}
