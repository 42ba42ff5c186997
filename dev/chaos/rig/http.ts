/** One request; throws for a status that is none of success, with the beginning of what was answered. */
export async function request(
  url: string,
  { method, json }: { readonly method: string; readonly json?: unknown },
): Promise<Response> {
  const answer = await fetch(url, {
    method,
    ...(json === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${url} was answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  }
  return answer;
}

export async function getText(url: string): Promise<string> {
  return (await request(url, { method: 'GET' })).text();
}

export async function getJson(url: string): Promise<unknown> {
  return (await request(url, { method: 'GET' })).json();
}
