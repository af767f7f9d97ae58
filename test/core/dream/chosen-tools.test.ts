import { describe, expect, it } from 'vitest';
import { chosenTool, settlingTrace } from '../../../src/core/dream/chosen-tools.ts';
import { facts } from '../../support/guard.ts';

describe('a file that only one of two tools reads', () => {
  const repository = facts({ paths: new Set(['web/pnpm-lock.yaml', 'vitest.config.ts']) });

  it('shows which is in use', () => {
    expect(chosenTool(repository, 'npm', 'pnpm')).toEqual({ tool: 'pnpm', path: 'web/pnpm-lock.yaml' });
    expect(chosenTool(repository, 'npm', 'yarn')).toBeUndefined();
  });

  it('settles what is said of the whole repository', () => {
    const trace = settlingTrace(repository, 'Install all packages with npm.', 'Install packages with pnpm.');
    expect(trace?.tool).toBe('pnpm');
  });

  it.each([
    ['a part of it', 'Install packages of the docs with npm.', 'Install packages of the docs with pnpm.'],
    ['a tool whose config may be left over', 'Test the project with jest.', 'Test the project with vitest.'],
    ['two choices', 'Install packages with npm on main.', 'Install packages with pnpm on trunk.'],
  ])('proves nothing of %s', (_what, a, b) => {
    expect(settlingTrace(repository, a, b)).toBeUndefined();
  });
});
