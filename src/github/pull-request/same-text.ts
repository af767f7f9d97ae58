/** Whether GitHub has a text already: browsers send other line ends, and white space at the end is nothing. */
export function isSameText(there: string, here: string): boolean {
  return plain(there) === plain(here);
}

const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trimEnd();
