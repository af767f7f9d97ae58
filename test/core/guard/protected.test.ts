import { describe, expect, it } from 'vitest';
import { protectedPlaces } from '../../../src/core/guard/protected.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import { aConfig, aGuardContext, aStore, entryWith, said } from '../../support/guard.ts';

const files = {
  'CLAUDE.md':
    '# Team\n\n## Security\n\n- Rotate keys monthly.\n\n## Style\n\n- Use tabs.\n\n<!-- keep -->\n- Ask Ana first.\n',
  'memory/legal.md': '- Licences need a review.\n',
};
const store = aStore(files);
const retire = (text: string): Operation => ({ op: 'retire', entry: entryWith(store, text).id });
const add = (file: string, heading?: string[]): Operation => ({
  op: 'add',
  file,
  text: 'x',
  ...(heading === undefined ? {} : { heading }),
});

async function check(operation: Operation, config = aConfig()) {
  return said(await protectedPlaces.check(aGuardContext({ operations: [operation] }, { store, config })));
}

describe('protected', () => {
  it('passes what nobody protects', async () => {
    expect(await check(retire('Use tabs'))).toEqual([]);
    expect(await check(add('memory/new.md'))).toEqual([]);
  });

  it('blocks entries that are marked to be kept', async () => {
    expect(await check(retire('Ask Ana'))).toEqual(['block: CLAUDE.md:12 is marked to be kept as it is.']);
  });

  it.each(['CLAUDE.md', 'CLAUDE.md#Security', 'claude.md#security', '**/*.md', '*.md#Team'])(
    'blocks changes under %s',
    async (rule) => {
      const config = aConfig({ protect: [rule] });
      expect(await check(retire('Rotate'), config)).toEqual([
        'block: The configuration protects this part of CLAUDE.md.',
      ]);
    },
  );

  it('protects a heading only, and additions under it too', async () => {
    const config = aConfig({ protect: ['CLAUDE.md#Security'] });
    expect(await check(retire('Use tabs'), config)).toEqual([]);
    expect(await check(add('CLAUDE.md', ['Team', 'Security']), config)).toHaveLength(1);
  });

  it('protects what is in a folder', async () => {
    expect(await check(retire('Licences'), aConfig({ protect: ['memory'] }))).toHaveLength(1);
  });

  it('leaves policies to people', async () => {
    expect(await check(retire('Licences'), aConfig({ policy: ['memory/legal.md'] }))).toEqual([
      'block: memory/legal.md is a policy: people change it, dreams do not.',
    ]);
  });

  it.each([
    '../CLAUDE.md',
    '/etc/memory/x.md',
    'memory/../../x.md',
    '.git/CLAUDE.md',
    'memory/.GIT/x.md',
    'memory\\x.md',
    'memory//x.md',
    'memory/-rf.md',
    'memory/a\nb.md',
    'memory/x.md ',
    'memory/\u202Ex.md',
    'C:/memory/x.md',
  ])('blocks the path %j', async (path) => {
    expect(await check(add(path))).toEqual(['block: It names a file by a path that leads astray.']);
  });

  it.each([
    'src/app.ts',
    '.github/workflows/ci.yml',
    '.github/dreamkeeper.yml',
    'memory/run.sh',
    'package.json',
  ])('blocks writing to %s, which is no memory', async (path) => {
    expect(await check(add(path))).toEqual([`block: ${path} is no memory file by the configuration.`]);
  });

  it('blocks an addition to a file that is there and could not be read as text', async () => {
    const { repository, ...rest } = aGuardContext({ operations: [add('memory/scan.md')] }, { store });
    const paths = new Set([...repository.paths, 'memory/scan.md']);
    expect(said(await protectedPlaces.check({ ...rest, repository: { ...repository, paths } }))).toEqual([
      'block: memory/scan.md is there, but is no text that a dream can read.',
    ]);
  });

  it('blocks a file that differs from another only in case', async () => {
    expect((await check(add('memory/Legal.md')))[0]).toMatch(/^block: .* would be one file/);
  });
});
