/**
 * The login of this tab. `sessionStorage` belongs to one tab and survives its reload, so two tabs
 * can be two people.
 */

import { userIdFromName } from './ids.js';

const KEY = 'continuo.session';
const FAREWELL = 'continuo.farewell';

export function restoreSession() {
  return JSON.parse(sessionStorage.getItem(KEY));
}

/** Development login: the server takes anybody's word for a name. */
export async function logIn(name) {
  const displayName = name.trim().replace(/\s+/g, ' ');
  const userId = userIdFromName(name);
  const response = await fetch('/dev/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/vnd.layer+json; version=2.0' },
    body: JSON.stringify({ user_id: userId, display_name: displayName }),
  });
  if (response.status === 404) throw new Error('This server does not offer the development login.');
  if (!response.ok) throw new Error(`The server refused the login (${response.status}).`);
  const { session_token: token } = await response.json();
  const session = { userId, displayName, token };
  sessionStorage.setItem(KEY, JSON.stringify(session));
  return session;
}

/** Back to the login screen; a fresh page is the surest way to leave nothing of the session behind. */
export function leave(farewell = '') {
  sessionStorage.removeItem(KEY);
  sessionStorage.setItem(FAREWELL, farewell);
  location.replace('/');
}

/** Why the previous session of this tab ended, told once. */
export function takeFarewell() {
  const farewell = sessionStorage.getItem(FAREWELL) ?? '';
  sessionStorage.removeItem(FAREWELL);
  return farewell;
}
