import { byId, coalesced, setText } from './dom.js';
import { notice } from './notices.js';

const WORDS = {
  connecting: 'Connecting…',
  resuming: 'Catching up…',
  online: 'Online',
  waiting: 'Reconnecting',
  offline: 'Offline',
};

/** The state of the connection, the button that breaks it, and what came back after a break. */
export class ConnectionView {
  #connection;
  #ticking;

  constructor(connection) {
    this.#connection = connection;
    connection.on('state', () => this.#show());
    connection.on('packet', coalesced(() => this.#showFacts()));
    connection.on('resumed', (outcome) => this.#tell(outcome));
    byId('cut').onclick = () => (connection.state.name === 'online' ? connection.cut() : connection.connect());
    this.#show();
  }

  #show() {
    const { name } = this.#connection.state;
    document.body.dataset.connection = name;
    setText(byId('state'), WORDS[name]);
    setText(byId('cut'), name === 'online' ? 'Cut the connection' : 'Reconnect');
    clearInterval(this.#ticking);
    if (name === 'waiting') this.#ticking = setInterval(() => this.#countDown(), 200);
    this.#countDown();
  }

  #countDown() {
    const { name, until } = this.#connection.state;
    const inSeconds = until ? `in ${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s` : '';
    setText(byId('countdown'), inSeconds);
    const later = name === 'offline' || name === 'waiting' ? '. What you write now goes out afterwards.' : '';
    setText(byId('banner'), name === 'online' ? '' : [WORDS[name], inSeconds].filter(Boolean).join(' ') + later);
  }

  #showFacts() {
    const { counter, position } = this.#connection.progress;
    setText(byId('fact-counter'), String(counter));
    setText(byId('fact-position'), position ?? '–');
  }

  #tell({ verdict, packets, again }) {
    if (verdict !== 'complete') return notice(`Recovery was ${verdict}: everything is loaded anew.`, 'warning');
    if (!again) return;
    const amount = packets === 1 ? '1 packet' : `${packets} packets`;
    notice(packets ? `${amount} recovered: complete` : 'Nothing was missed: complete', 'success');
  }
}
