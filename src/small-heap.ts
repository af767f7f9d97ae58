/** For a process that reads much, keeps little and has memory to itself. */
import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 collect what is no longer needed instead of taking more memory while there is some: unasked, its young
 * generation grows to 128 MiB and the old one to four times what is in use, so that the peak tells how long the process ran.
 * Both settings are read anew at each collection, so they may change while it runs; they cost no measurable time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=100');
}
