import { startPart } from './part.ts';

export interface Connector {
  readonly serviceUrl: string;
  stop(): Promise<void>;
}

/** Starts a connector in a process of its own. */
export async function startConnector(): Promise<Connector> {
  const part = startPart('parts/connector-main.ts');
  const port = await part.ask('port');
  return { serviceUrl: `http://127.0.0.1:${port}`, stop: () => part.stop() };
}
