import { createHash } from 'node:crypto';
import type { Person } from './person.ts';

/** Made-up people for a load test: nothing of them is stored, everything is worked out from the id when asked for. */
export interface Crowd {
  readonly prefix: string;
  readonly count: number;
  readonly tenantId: string;
}

const MEMBER_ID = /^29:load_([A-Za-z0-9-]{1,32})_(\d{1,7})$/;

/** The channel user id of a crowd's `index`-th member, counted from 0. */
export function memberId(prefix: string, index: number): string {
  return `29:load_${prefix}_${index}`;
}

/** The prefix and index in a member's id; `undefined` for any other id. */
export function parseMemberId(id: string): { prefix: string; index: number } | undefined {
  const [, prefix, index] = MEMBER_ID.exec(id) ?? [];
  return prefix === undefined ? undefined : { prefix, index: Number(index) };
}

/** A crowd's `index`-th member. */
export function crowdMember(crowd: Crowd, index: number): Person {
  return {
    key: `load-${crowd.prefix}-${index}`,
    id: memberId(crowd.prefix, index),
    name: `Load ${index}`,
    channelId: 'msteams',
    tenantId: crowd.tenantId,
    aadObjectId: objectId(crowd, index),
    timeZone: 'UTC',
    locale: 'en-US',
  };
}

/** The index in a crowd of whom a directory object id names; `undefined` for anybody else. */
export function indexOfObjectId(crowd: Crowd, id: string): number | undefined {
  const index = Number.parseInt(id.slice(-12), 16);
  return index < crowd.count && objectId(crowd, index) === id ? index : undefined;
}

/** The crowd by its hash, and the member by the last twelve digits. */
function objectId({ tenantId, prefix }: Crowd, index: number): string {
  const hex = createHash('sha1').update(`${tenantId}/${prefix}`).digest('hex');
  const member = index.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${member}`;
}
