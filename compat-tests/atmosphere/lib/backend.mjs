/** The gateways under test, and the application's back end, which speaks to them by the Server API. */

const NAMES = ['CONTINUO_URLS', 'CONTINUO_VICTIM', 'CONTINUO_SERVER_TOKEN'];
const APP = '5d9a1f64-0c9b-4a35-9f0e-6f1f2f6a7c10';

const missing = NAMES.filter((name) => !process.env[name]);
if (missing.length) {
  throw new Error(`${missing.join(' and ')} must be set: CONTINUO_URLS lists the bases of the gateways of a cluster, `
    + 'CONTINUO_VICTIM is the process id of the first one, which will be killed, CONTINUO_SERVER_TOKEN a token for the '
    + 'Server API.');
}

export const [victim, here, there] = process.env.CONTINUO_URLS.split(',').map((url) => new URL(url));

/** Ends the first gateway without a warning. */
export const killVictim = () => process.kill(Number(process.env.CONTINUO_VICTIM), 'SIGKILL');

/** Numbers that no earlier run has used: a cluster may have kept its data. */
let nextTracker = Date.now() % 1_000_000_000 * 1_000;

async function call(method, path, { token, body } = {}) {
  const answer = await fetch(new URL(path, here), {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

const backend = (method, path, body) =>
  call(method, `/apps/${APP}${path}`, { token: process.env.CONTINUO_SERVER_TOKEN, body });

/** A user who has logged in: their session token is their hash. */
export async function login(user) {
  const { session_token: hash } = await call('POST', '/dev/session', { body: { user_id: user } });
  return { user, hash };
}

/** A tracker of `user`, whose state bears a note. */
export async function tracker(user, note = 'first') {
  const id = nextTracker++;
  const tell = (text) => backend('PATCH', `/subjects/${id}/state`, { additional: { note: { value: text } } });
  await backend('PUT', `/subjects/${id}`, {
    owner: user,
    source_id: id * 10,
    state: { connection_status: 'active', additional: { note: { value: note } } },
  });
  return {
    id,
    sourceId: id * 10,
    tell,
    block: () => backend('POST', `/subjects/${id}/block`),
    unblock: () => backend('POST', `/subjects/${id}/unblock`),
    remove: () => backend('DELETE', `/subjects/${id}`),
  };
}
