import { logIn, takeFarewell } from '../protocol/session.js';
import { byId } from './dom.js';

/** Shows the login; resolves to the session once the server has granted one. */
export function showLogin() {
  byId('login').hidden = false;
  byId('login-message').textContent = takeFarewell();
  byId('login-name').focus();
  return new Promise((resolve) => {
    byId('login-form').onsubmit = async (event) => {
      event.preventDefault();
      const session = await attempt();
      if (!session) return;
      byId('login').hidden = true;
      resolve(session);
    };
  });
}

async function attempt() {
  const message = byId('login-message');
  message.textContent = '';
  try {
    const name = byId('login-name').value;
    return name.trim() ? await logIn(name) : null;
  } catch (error) {
    message.textContent = error instanceof TypeError ? 'The server does not answer.' : error.message;
    return null;
  }
}
