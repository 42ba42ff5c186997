import { store } from './store.ts';

/** Whether the server does not know any more who asks; what is written stays on the page meanwhile. */
export const sessionEnded = store(false);

export function endSession(): void {
  sessionEnded.set(true);
}

const SIGN_IN = '/.auth/login/aad?post_login_redirect_uri=/api/console';
const PLACE = 'console.place';

/** Leaves for the sign-in, which leads back to where the page is now. */
export function signIn(): void {
  try {
    sessionStorage.setItem(PLACE, location.hash);
  } catch {
    // Nothing is kept: the sign-in leads to the first view.
  }
  location.assign(SIGN_IN);
}

/** Once, after the sign-in: sign-in addresses take no part behind `#`. */
export function returnToPlace(): void {
  try {
    const place = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (place !== null && location.hash === '') history.replaceState(null, '', place);
  } catch {
    // Nothing was kept: the first view is shown.
  }
}
