import { isJsonObject } from '../../domain/json-object.ts';
import { type Principal, ROLES, type Role } from '../route.ts';

/** What the platform says of who is signed in, base64 of JSON, in this header. */
export const PRINCIPAL_HEADER = 'x-ms-client-principal';

/** Group claims are cut at 200; what is longer than this is none of the platform's. */
const LONGEST_HEADER = 64 * 1024;
const LONGEST_NAME = 200;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Claims come by long or short names, as the mapping of the sign-in has it. */
const OBJECT_ID = ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'];
const ROLE = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];
const NAME = [
  'name',
  'preferred_username',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
];

/** The app roles of the registration; each includes those before it. */
const APP_ROLES: { readonly [appRole: string]: Role } = {
  'Notifier.Reader': 'reader',
  'Notifier.Author': 'author',
  'Notifier.Operator': 'operator',
};

interface Claim {
  readonly type: string;
  readonly value: string;
}

/**
 * Who is signed in by Entra ID, by what the platform wrote into the header; `undefined` for nobody. Worth something only
 * while the platform checks the sign-in and takes the header off what comes from outside: who calls this knows that.
 */
export function principalOf(header: string | undefined): Principal | undefined {
  const said = readJson(header);
  if (!isJsonObject(said) || said.auth_typ !== 'aad') return undefined;
  const claims = claimsOf(said.claims);
  const first = (types: readonly string[]) =>
    types.flatMap((type) => claims.filter((claim) => claim.type === type))[0]?.value;
  const objectId = first(OBJECT_ID)?.toLowerCase();
  if (objectId === undefined || !GUID.test(objectId)) return undefined;
  const named = [...NAME, ...(typeof said.name_typ === 'string' ? [said.name_typ] : [])];
  const roleTypes = [...ROLE, ...(typeof said.role_typ === 'string' ? [said.role_typ] : [])];
  const appRoles = claims.filter(({ type }) => roleTypes.includes(type)).map(({ value }) => value);
  return { name: readable(first(named)) ?? objectId, objectId, roles: rolesOf(appRoles) };
}

/** Of the local stack, which nobody but this machine reaches. */
export const LOCAL_PRINCIPAL: Principal = { name: 'local', roles: new Set(ROLES) };

function rolesOf(appRoles: readonly string[]): ReadonlySet<Role> {
  const highest = Math.max(
    ...appRoles.map((name) => {
      const role = Object.hasOwn(APP_ROLES, name) ? APP_ROLES[name] : undefined;
      return role === undefined ? -1 : ROLES.indexOf(role);
    }),
    -1,
  );
  return new Set(ROLES.slice(0, highest + 1));
}

function claimsOf(claims: unknown): readonly Claim[] {
  return (Array.isArray(claims) ? claims : []).flatMap((claim: unknown) =>
    isJsonObject(claim) && typeof claim.typ === 'string' && typeof claim.val === 'string'
      ? [{ type: claim.typ, value: claim.val }]
      : [],
  );
}

function readable(name: string | undefined): string | undefined {
  const text = name?.replace(/\p{C}/gu, '').trim().slice(0, LONGEST_NAME);
  return text === '' ? undefined : text;
}

function readJson(header: string | undefined): unknown {
  if (header === undefined || header.length > LONGEST_HEADER) return undefined;
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    // The platform writes JSON: whoever wrote this is nobody who is signed in.
    return undefined;
  }
}
