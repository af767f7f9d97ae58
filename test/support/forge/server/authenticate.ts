/** Who is calling: by App JWT, installation token, a person's token, or nobody. */
import { createVerify } from 'node:crypto';
import type { Account, Actor } from '../state/account.ts';
import type { World } from '../world.ts';
import { Refusal } from './handler.ts';

/** @param header `Authorization`: `bearer`, `token` or, as git sends it, `basic`. @throws {Refusal} 401 */
export function authenticate(world: World, header: string | undefined): Actor {
  if (header === undefined) return { kind: 'anonymous' };
  const [scheme = '', value = ''] = header.split(' ');
  const token = scheme.toLowerCase() === 'basic' ? passwordIn(value) : value;
  return token.split('.').length === 3 && !token.startsWith('gh')
    ? appOf(world, token)
    : holderOf(world, token);
}

function passwordIn(basic: string): string {
  const text = Buffer.from(basic, 'base64').toString();
  const [user = '', password = ''] = text.split(':');
  // A token may stand in either place.
  return password === '' || password === 'x-oauth-basic' ? user : password;
}

function holderOf({ state, now }: World, token: string): Actor {
  const person = state.personTokens.get(token);
  if (person !== undefined) return person;
  const minted = state.installationTokens.get(token);
  if (minted === undefined || minted.expiresAt <= now().getTime()) throw new Refusal(401, 'Bad credentials');
  return { kind: 'installation', token: minted };
}

interface Claims {
  readonly iss?: string | number;
  readonly iat?: number;
  readonly exp?: number;
}

function appOf({ state, now }: World, jwt: string): Actor {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const { app } = state;
  const genuine = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(app.publicKey, Buffer.from(signature, 'base64url'));
  if (!genuine) throw new Refusal(401, 'A JSON web token could not be decoded');
  const { iss, iat = Infinity, exp = 0 } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  const seconds = now().getTime() / 1000;
  if (exp <= seconds)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > seconds + 660) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (iat > seconds + 60)
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  if (String(iss) !== String(app.id) && iss !== app.clientId) throw new Refusal(401, 'Integration not found');
  return { kind: 'app' };
}

/** Whose name stands under what the caller writes. @throws {Refusal} 401 for nobody */
export function accountOf({ state }: World, actor: Actor): Account {
  switch (actor.kind) {
    case 'person':
      return actor.account;
    case 'installation':
    case 'app':
      return state.app.bot;
    case 'anonymous':
      throw new Refusal(401, 'Requires authentication');
  }
}
