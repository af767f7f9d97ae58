/** People, organizations and bots, and what each may do. */

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
}

/** What a person may do in one repository, weakest first. */
export const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof roles)[number];

export function atLeast(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(needed);
}

/** What an App may do: `{ contents: 'write', checks: 'read' }`. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly permissions: Permissions;
  readonly createdAt: string;
  selection: 'all' | 'selected';
  /** Ids of repositories, where they were selected. */
  readonly repositories: Set<number>;
  suspended?: { readonly by: Account; readonly at: string };
}

export interface AppRegistration {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** What the App writes as: `<slug>[bot]`. */
  readonly bot: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
  /** PEM; PKCS#1 as GitHub hands it out. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly webhook: { url?: string; secret: string };
}

export interface InstallationToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** All the installation has, unless it was minted for some. */
  readonly repositories?: ReadonlySet<number>;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What a fine-grained token of a person may do: no more than they may themselves. */
export interface Grant {
  readonly permissions: Permissions;
  readonly repositories: ReadonlySet<number>;
}

/** Who is calling. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly token: InstallationToken }
  | { readonly kind: 'person'; readonly account: Account; readonly grant?: Grant };
