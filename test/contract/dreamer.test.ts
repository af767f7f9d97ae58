import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { sensibleClaude } from '../dreamers/claude/sensible.ts';
import { tidyManaged } from '../dreamers/managed/tidy.ts';
import { testDreamer } from './dreamer.ts';

testDreamer('embedded', () => embeddedDreamer);
testDreamer('claude', sensibleClaude);
testDreamer('managed', tidyManaged);
