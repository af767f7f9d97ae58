import { expect, it } from 'vitest';
import { callableName } from '../../src/commands/callable-name.ts';

it.each([
  ['/home/me/dreamkeeper/src/cli.ts', '/home/me/dreamkeeper', 'node src/cli.ts'],
  ['/home/me/dreamkeeper/src/cli.ts', '/tmp', 'node /home/me/dreamkeeper/src/cli.ts'],
  ['/home/me/.npm/_npx/0a1b/node_modules/.bin/dreamkeeper', '/tmp', 'npx dreamkeeper'],
  ['/home/me/shop/node_modules/dreamkeeper/dist/cli.js', '/home/me/shop', 'npx dreamkeeper'],
  ['/usr/local/bin/dreamkeeper', '/tmp', 'dreamkeeper'],
])('%s, called in %s, is "%s"', (script, cwd, name) => {
  expect(callableName(script, cwd)).toBe(name);
});
