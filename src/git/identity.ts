/** In whose name commits are made. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** What Dreamkeeper writes by itself, it writes in this name; `.invalid` can never be somebody's address (RFC 2606). */
export const dreamkeeper: Identity = { name: 'Dreamkeeper', email: 'dreamkeeper@dreamkeeper.invalid' };
