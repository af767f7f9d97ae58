/** With this an agent says that it is done. */
import { z } from 'zod';
import { toolOf } from './tool.ts';

export const finishTool = toolOf(
  'finish',
  'Says that nothing more is to be done.',
  z.object({}),
  () => 'Done.',
);
