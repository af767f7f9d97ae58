/** What goes wrong on purpose: what the forge can do to a request, and what only a stream of events can suffer. */
import type { ErrorType } from '@anthropic-ai/sdk/resources/shared';
import { createFaults, type Fault, type Faults } from '../../forge/server/faults.ts';
import type { RecordedRequest } from './record.ts';

/** For a stream of events; an answer that is no stream is cut in its middle. */
export interface StreamFault {
  /** How many events are sent before it. */
  readonly afterEvents: number;
  /** The connection breaks; or the stream ends as if all were well; or the API says in the stream what went wrong. */
  readonly then: 'cut' | 'end' | ErrorType;
}

/** All events, with this many milliseconds before each. */
export interface Pace {
  readonly pace: number;
}

export type Manner = StreamFault | Pace;

export type StandInFault = Fault | Manner;

export type StandInFaults = Faults<RecordedRequest, StandInFault>;

export const createStandInFaults = (): StandInFaults => createFaults<RecordedRequest, StandInFault>();

/** Whether a fault concerns only how the answer goes out. */
export function isManner(fault: StandInFault | undefined): fault is Manner {
  return fault !== undefined && ('afterEvents' in fault || 'pace' in fault);
}
