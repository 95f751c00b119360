import { messagesOf, nameOf, othersOf, titleOf } from '../store/queries.js';
import { byId, coalesced, reconcile, setText, showAvatar } from './dom.js';
import { day } from './format.js';
import { makeDay, makeMessage, updateMessage, withDays } from './message-view.js';
import { onNavigate, openConversationId } from './route.js';
import { ScrollKeeper } from './scroll-keeper.js';

/** The open conversation: who it is with, what was said, who types. */
export class ConversationView {
  #services;
  #scroll;
  #shown = null;

  constructor(services) {
    this.#services = services;
    const { store, typing, history, connection } = services;
    this.#scroll = new ScrollKeeper({ onTop: () => this.#shown && history.older(this.#shown) });
    const render = coalesced(() => this.#render());
    for (const source of [store, typing, history]) source.on('changed', render);
    connection.on('state', render);
    document.addEventListener('visibilitychange', render);
    onNavigate(() => this.#render());
    this.#render();
  }

  #render() {
    const id = openConversationId();
    const conversation = this.#services.store.conversations.get(id);
    const arrived = conversation && this.#shown !== id;
    byId('conversation').hidden = !conversation;
    byId('nothing-open').hidden = Boolean(conversation);
    document.body.dataset.screen = conversation ? 'conversation' : 'list';
    this.#shown = conversation ? id : null;
    if (!conversation) return;
    if (arrived) this.#scroll.toEnd();
    this.#open(id);
    this.#renderHeader(conversation);
    this.#scroll.keepingPlace(() => this.#renderLog(conversation));
    this.#renderTyping(id);
  }

  #open(id) {
    const { history, receipts, connection } = this.#services;
    if (connection.online) history.open(id);
    const loaded = ['more', 'complete'].includes(history.stateOf(id));
    if (loaded && document.visibilityState === 'visible') receipts.read(id);
  }

  #renderHeader(conversation) {
    const { store } = this.#services;
    const title = titleOf(store, conversation);
    const others = othersOf(store, conversation);
    const presence = others.length === 1 ? store.identities.get(others[0])?.presence?.status : undefined;
    showAvatar(byId('conversation-avatar'), title, conversation.id, presence);
    setText(byId('conversation-title'), title);
    setText(byId('conversation-presence'), others.length === 1 ? (presence ?? '') : `${others.length + 1} people`);
  }

  #renderLog(conversation) {
    const { store, history } = this.#services;
    const group = conversation.participants.length > 2;
    const state = history.stateOf(conversation.id);
    byId('log-pane').setAttribute('aria-busy', String(state === 'loading'));
    setText(byId('log-top'), { loading: 'Loading…', complete: 'The beginning' }[state] ?? '');
    reconcile(byId('log'), withDays(messagesOf(store, conversation.id)), {
      key: ({ key }) => key,
      make: ({ message }) => (message ? makeMessage() : makeDay()),
      update: (element, { message, previous, heading }) => {
        if (message) updateMessage(element, message, previous, { ...this.#services, group });
        else setText(element.firstElementChild, day(heading));
      },
    });
  }

  #renderTyping(id) {
    const { store, typing } = this.#services;
    const typists = typing.in(id);
    const names = typists.map((typist) => nameOf(store, typist.id)).join(', ');
    const element = byId('typing');
    element.classList.toggle('shown', typists.length > 0);
    element.classList.toggle('paused', typists.every(({ action }) => action === 'paused'));
    setText(byId('typing-text'), names && `${names} ${typists.length === 1 ? 'is' : 'are'} typing…`);
  }
}
