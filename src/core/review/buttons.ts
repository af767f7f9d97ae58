/** The buttons of the check run on a dream's pull request, by the identifiers that GitHub sends back. */

/** At most three; GitHub takes 20 characters for a label, 40 for a description, 20 for an identifier. */
export const buttons = [
  { identifier: 'again', label: 'Dream again', description: 'Dream anew, on the newest memory' },
  { identifier: 'pause-week', label: 'Pause for a week', description: 'No new dream for seven days' },
  {
    identifier: 'drop-removals',
    label: 'Leave removals out',
    description: 'Drop all proposals that remove text',
  },
] as const;

export type ButtonAction = (typeof buttons)[number]['identifier'];

/** @returns undefined for what is no button of ours. */
export function buttonOf(identifier: string): ButtonAction | undefined {
  return buttons.find((button) => button.identifier === identifier)?.identifier;
}
