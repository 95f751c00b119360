/** The composition root: everything is made and wired here, in order. */

import { History } from './chat/history.js';
import { Outbox } from './chat/outbox.js';
import { Presence } from './chat/presence.js';
import { Receipts } from './chat/receipts.js';
import { TypingListener, TypingPublisher } from './chat/typing.js';
import { Connection } from './protocol/connection.js';
import { identityId } from './protocol/ids.js';
import { Rest } from './protocol/rest.js';
import { leave, restoreSession } from './protocol/session.js';
import { Store } from './store/store.js';
import { ComposerView } from './view/composer-view.js';
import { ConnectionView } from './view/connection-view.js';
import { ConversationView } from './view/conversation-view.js';
import { byId } from './view/dom.js';
import { handleKeys } from './view/keys.js';
import { ListView } from './view/list-view.js';
import { showLogin } from './view/login-view.js';
import { StartView } from './view/start-view.js';

startChat(restoreSession() ?? (await showLogin()));

function startChat({ userId, displayName, token }) {
  const ended = () => leave('Your session has ended. Please log in again.');
  const rest = new Rest(token, ended);
  const store = new Store(identityId(userId));
  const history = new History({ rest, store });
  const connection = new Connection({
    token,
    load: () => history.loadConversations(),
    probe: () => rest.get('/'),
  });
  const publisher = new TypingPublisher(connection);
  const typing = new TypingListener({ connection, store });
  const receipts = new Receipts({ store, rest, connection });
  const outbox = new Outbox({ connection, store, rest });
  const services = { rest, store, history, connection, publisher, typing, receipts, outbox };
  new Presence(services);

  connection.on('change', (change) => store.apply(change));
  connection.on('operation', (operation) => store.applyOperation(operation));
  connection.on('ended', ended);
  // What waits to be sent lives in this page only; the browser asks before it is lost.
  addEventListener('beforeunload', (event) => outbox.empty || event.preventDefault());
  addEventListener('online', () => connection.hasten());
  document.addEventListener('visibilitychange', () => document.hidden || connection.hasten());

  new ConnectionView(connection);
  new ListView(services);
  new ConversationView(services);
  new ComposerView(services);
  new StartView(services);
  handleKeys();
  showChat(displayName, () => logOut(rest, token));
  connection.connect();
}

function showChat(name, onLogout) {
  byId('chat').hidden = false;
  byId('me').textContent = name;
  byId('logout').onclick = onLogout;
}

/** The session of this tab ends on the server too; if that fails, it expires there by itself. */
async function logOut(rest, token) {
  await rest.delete(`/sessions/${token}`).catch(() => {});
  leave();
}
