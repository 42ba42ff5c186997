import { BriefRow } from '../notifications/brief-row.tsx';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { plainly, useFormat } from '../parts/format.ts';
import { Gauge } from '../parts/gauge.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Empty, Failed, Loading, Stale } from '../parts/situations.tsx';
import { Table } from '../parts/table.tsx';
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
      <Table
        isInside
        items={queues}
        keyOf={({ name }) => name}
        columns={[
          { name: words.queue, cell: ({ name }) => name },
          {
            name: words.waiting,
            isNumber: true,
            cell: ({ waiting, atLeast = false }) =>
              waiting === 0
                ? words.empty
                : atLeast
                  ? words.atLeast(format.number(waiting))
                  : format.number(waiting),
          },
          {
            name: words.oldest,
            isNumber: true,
            cell: ({ oldestSeconds }) => (oldestSeconds === undefined ? '–' : format.duration(oldestSeconds)),
          },
          {
            name: words.deadLetters,
            isNumber: true,
            cell: ({ deadLetters = 0 }) => (
              <span class={deadLetters > 0 ? 'is-bad-number' : ''}>{format.number(deadLetters)}</span>
            ),
          },
        ]}
      />
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
            <Gauge value={perSecond} limit={limit} />
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
