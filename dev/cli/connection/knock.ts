import { connect, type TcpNetConnectOpts } from 'node:net';
import type { Target } from './addresses.ts';
import { connectionFailure } from './failures.ts';

const PATIENCE_MS = 4000;
/** Service Bus speaks AMQP over TLS here; emulators speak it openly, on a port of their own. */
const TLS_PORT = 5671;
const EMULATOR_PORT = 5672;
/** What an AMQP 1.0 client says first, and what a broker answers (SASL). */
const GREETING = Buffer.from('AMQP\u0003\u0001\u0000\u0000', 'latin1');

/**
 * Sees within seconds whether a broker is there at all. The SDK itself waits a minute and longer for one that a
 * firewall hides or that accepts a connection and then says nothing. Throws `CommandFailed`; what says nothing is given
 * up after `patienceMs`, counted from the last sign of life.
 */
export async function knock(target: Target, patienceMs = PATIENCE_MS): Promise<void> {
  const { address } = target;
  const isOpen =
    address.kind === 'connectionString' && /UseDevelopmentEmulator\s*=\s*true/i.test(address.value);
  const { hostname, port } = new URL(`tcp://${target.host}`);
  const place = {
    host: hostname,
    port: Number(port || (isOpen ? EMULATOR_PORT : TLS_PORT)),
    timeout: patienceMs,
  };
  try {
    await answer(place, isOpen);
  } catch (cause) {
    // Nothing was sent; the person is told.
    throw connectionFailure(cause, target);
  }
}

/** Resolves when the port accepts a connection, and for an open one, when it greets back as AMQP brokers do. */
function answer(place: TcpNetConnectOpts, greets: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(place);
    const settle = (error?: Error): void => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.once('connect', () => (greets ? socket.write(GREETING) : settle()));
    socket.once('data', (data) =>
      settle(data.subarray(0, 4).equals(GREETING.subarray(0, 4)) ? undefined : new NoAmqp()),
    );
    socket.once('end', () => settle(new NoAmqp()));
    socket.once('timeout', () => settle(new Silent()));
    socket.once('error', settle);
  });
}

/** Something else answers. */
class NoAmqp extends Error {
  override readonly message = 'Invalid protocol header';
}

class Silent extends Error {
  override readonly name = 'TimeoutError';
}
