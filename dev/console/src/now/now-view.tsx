import { BriefRow } from '../notifications/brief-row.tsx';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { plainly, useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Empty, Failed, Loading, Stale } from '../parts/situations.tsx';
import { hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import type { Now } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';

const EVERY_SECONDS = 4;

export function NowView() {
  const { shell, now: words } = useWords();
  const format = useFormat();
  const { value, problem, isLoading, reload } = useAsked(api.now, 'now', EVERY_SECONDS);
  return (
    <>
      <Heading title={shell.view.now} lead={words.lead}>
        {value !== undefined && <span class="note">{words.asOf(format.exactTime(value.at))}</span>}
      </Heading>
      {isLoading && <Loading />}
      {value === undefined && problem !== undefined && <Failed problem={problem} retry={reload} />}
      {value !== undefined && (
        <>
          <Stale problem={problem} />
          <Health health={value.health} />
          <div class="columns">
            <Queues queues={value.queues} />
            <Rates tenants={value.tenants} />
          </div>
          <Section title={words.running}>
            {value.running.length === 0 ? (
              <Empty icon="check" title={words.noneRunning}>
                {words.noneRunningText}
              </Empty>
            ) : (
              <ul class="rows">
                {value.running.map((brief) => (
                  <li key={brief.id}>
                    <BriefRow brief={brief} showBar />
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <ParkedCounts parked={value.parked} />
        </>
      )}
    </>
  );
}

function Health({ health }: { readonly health: Now['health'] }) {
  const { now: words } = useWords();
  const isOk = health.status === 'ok';
  const failing = Object.entries(health.parts ?? {}).filter(([, part]) => plainly(part) !== 'ok');
  return (
    <div class={`health is-${isOk ? 'good' : 'bad'}`}>
      <Icon name={isOk ? 'check' : 'warning'} />
      <p>
        <b>{isOk ? words.healthy : words.unhealthy}</b>
        {!isOk &&
          failing.map(([name, part]) => <span class="health-part">{`${name}: ${plainly(part)}`}</span>)}
      </p>
    </div>
  );
}

function Queues({ queues }: { readonly queues: Now['queues'] }) {
  const { now: words } = useWords();
  const format = useFormat();
  return (
    <Section title={words.queues}>
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.queue}</th>
              <th scope="col" class="is-number">
                {words.waiting}
              </th>
              <th scope="col" class="is-number">
                {words.oldest}
              </th>
              <th scope="col" class="is-number">
                {words.deadLetters}
              </th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, waiting, atLeast, oldestSeconds, deadLetters = 0 }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="is-number">
                  {waiting === 0
                    ? words.empty
                    : atLeast === true
                      ? words.atLeast(format.number(waiting))
                      : format.number(waiting)}
                </td>
                <td class="is-number">
                  {oldestSeconds === undefined ? '–' : format.duration(oldestSeconds)}
                </td>
                <td class={`is-number${deadLetters > 0 ? ' is-bad' : ''}`}>{format.number(deadLetters)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Rates({ tenants }: { readonly tenants: Now['tenants'] }) {
  const { now: words } = useWords();
  const format = useFormat();
  return (
    <Section title={words.rate}>
      {tenants.length === 0 && <p class="quiet">{words.noRate}</p>}
      <ul class="meters">
        {tenants.map(({ tenant, perSecond, limit }) => (
          <li key={tenant}>
            <span class="meter-name">{tenant}</span>
            <span class="meter-value">
              {words.rateOf(format.number(Math.round(perSecond * 10) / 10), format.number(limit))}
            </span>
            <meter min={0} max={limit} value={perSecond} aria-label={tenant} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ParkedCounts({ parked }: { readonly parked: Now['parked'] }) {
  const { now: words, reason } = useWords();
  const format = useFormat();
  const entries = Object.entries(parked).filter(([, count]) => count > 0);
  return (
    <Section title={words.parked}>
      {entries.length === 0 && (
        <p class="quiet">
          <Chip tone="good" icon="check">
            {words.noneParked}
          </Chip>
        </p>
      )}
      <ul class="tiles">
        {entries.map(([name, count]) => (
          <li key={name}>
            <a class="tile" href={hrefOf('parked', undefined, { reason: name })}>
              <b>{format.number(count)}</b>
              <span>{reason[name] ?? name}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
