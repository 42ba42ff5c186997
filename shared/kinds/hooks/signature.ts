import { createHmac } from 'node:crypto';
import type { Instant } from '../../domain/time.ts';
import { minutes } from '../../domain/time.ts';
import { equals } from './hook.ts';

type Headers = Readonly<Record<string, string>>;

/** So far a sender's clock may be from ours. */
const TOLERANCE = minutes(5);

/**
 * Whether a body was signed with the secret of its hook, by one of the ways that senders sign: GitHub's and Flux' HMAC,
 * Grafana's with or without a time, GitLab's token, Standard Webhooks, Terraform, PagerDuty and Sentry. On the raw bytes.
 */
export function isSigned(body: Uint8Array, headers: Headers, secret: string, now: Instant): boolean {
  return SCHEMES.some((scheme) => scheme(body, headers, secret, now));
}

type Scheme = (body: Uint8Array, headers: Headers, secret: string, now: Instant) => boolean;

const SCHEMES: readonly Scheme[] = [
  (body, headers, secret) => isHex(headers['x-hub-signature-256'], 'sha256=', body, secret),
  (body, headers, secret) => isHex(headers['x-signature'], 'sha256=', body, secret),
  (body, headers, secret) => isHex(headers['x-gitea-signature'], '', body, secret),
  (body, headers, secret) => isHex(headers['sentry-hook-signature'], '', body, secret),
  (body, headers, secret) =>
    (headers['x-pagerduty-signature'] ?? '').split(',').some((one) => isHex(one.trim(), 'v1=', body, secret)),
  (_body, headers, secret) => equals(headers['x-gitlab-token'] ?? '', secret),
  (body, headers, secret) => {
    const given = headers['x-tfe-notification-signature'];
    return (
      given !== undefined &&
      equals(given.toLowerCase(), createHmac('sha512', secret).update(body).digest('hex'))
    );
  },
  isGrafanas,
  isStandard,
];

function isHex(given: string | undefined, prefix: string, body: Uint8Array, secret: string): boolean {
  if (given === undefined || !given.startsWith(prefix)) return false;
  return equals(
    given.slice(prefix.length).toLowerCase(),
    createHmac('sha256', secret).update(body).digest('hex'),
  );
}

/** Where a header tells the time, the time is signed with the body. */
function isGrafanas(body: Uint8Array, headers: Headers, secret: string, now: Instant): boolean {
  const given = headers['x-grafana-alerting-signature'];
  if (given === undefined) return false;
  const time = headers['x-grafana-alerting-signature-timestamp'] ?? headers['x-grafana-alerting-timestamp'];
  if (time === undefined) return isHex(given, '', body, secret);
  if (!isNow(time, now)) return false;
  const mac = createHmac('sha256', secret).update(`${time}:`).update(body).digest('hex');
  return equals(given.toLowerCase(), mac);
}

/** Standard Webhooks: `v1,<base64>` of id, time and body; several while a secret changes. */
function isStandard(body: Uint8Array, headers: Headers, secret: string, now: Instant): boolean {
  const id = headers['webhook-id'] ?? headers['svix-id'];
  const time = headers['webhook-timestamp'] ?? headers['svix-timestamp'];
  const given = headers['webhook-signature'] ?? headers['svix-signature'];
  if (id === undefined || time === undefined || given === undefined || !isNow(time, now)) return false;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  const mac = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64');
  return given.split(' ').some((one) => equals(one, `v1,${mac}`));
}

function isNow(time: string, now: Instant): boolean {
  return /^\d{9,11}$/.test(time) && Math.abs(Number(time) * 1000 - now) <= TOLERANCE;
}
