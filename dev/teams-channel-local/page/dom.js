/**
 * Makes an element: `element('button', { class: 'x', onclick: f }, 'Press')`. Properties that begin with `on` are
 * listeners, `undefined` and `false` leave one out, the rest are attributes.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

let gone;
let times = 0;

/** Says something for a few seconds, at the edge of the page: one thing at a time, with how often where it comes again. */
export function toast(text) {
  const toasts = byId('toasts');
  times = toasts.firstElementChild?.dataset.text === text ? times + 1 : 1;
  const shown = times === 1 ? text : `${text} (${times} times)`;
  toasts.replaceChildren(element('div', { class: 'toast', 'data-text': text }, shown));
  clearTimeout(gone);
  gone = setTimeout(() => toasts.replaceChildren(), 6000);
}

/** Asks the channel; throws with the reason that it gives when it refuses. */
export async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const value = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok)
    throw new Error(value?.error?.message ?? `${method} ${path} was answered ${answer.status}.`);
  return value;
}
