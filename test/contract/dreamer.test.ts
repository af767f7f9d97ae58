import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { testDreamer } from './dreamer.ts';

testDreamer('embedded', () => embeddedDreamer);
