/** What a person can do about a refusal, in the words of where they are: at a terminal, or under a pull request. */

export interface Advice {
  readonly nothingOpen: string;
  /** @param known the numbers that there are. */
  readonly unknown: (known: string) => string;
  readonly othersCommits: string;
  readonly nothingLeft: string;
  readonly leaveOutAsWell: (number: number) => string;
  readonly takeBackFirst: (number: number) => string;
}

export const atTerminal: Advice = {
  nothingOpen: '"dreamkeeper dream" starts one; "dreamkeeper status" says how things are.',
  unknown: (known) => `It has ${known}; "dreamkeeper show" prints them.`,
  othersCommits: 'Revert the proposals you do not want there with "git revert", then accept.',
  nothingLeft: '"dreamkeeper reject" closes the dream and remembers why.',
  leaveOutAsWell: (number) => `Leave it out as well: dreamkeeper drop ${number}`,
  takeBackFirst: (number) => `Take it back in first: dreamkeeper restore ${number}`,
};

export const inComments: Advice = {
  nothingOpen: 'Say this under the pull request of an open dream; `/dream now` asks for one.',
  unknown: (known) => `It has ${known}.`,
  othersCommits: 'What people committed is kept: change it there with a commit, or close the pull request.',
  nothingLeft: 'Close the pull request to say no to all of it.',
  leaveOutAsWell: (number) => `Leave it out as well: \`/dream drop ${number}\`.`,
  takeBackFirst: (number) => `Take it back in first: \`/dream restore ${number}\`.`,
};
