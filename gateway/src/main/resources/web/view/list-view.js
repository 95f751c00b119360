import { conversationsByActivity, nameOf, othersOf, titleOf, unreadTotal } from '../store/queries.js';
import { byId, coalesced, fromTemplate, reconcile, setText, showAvatar } from './dom.js';
import { shortWhen } from './format.js';
import { summaryOf } from './parts-view.js';
import { addressOf, onNavigate, openConversationId } from './route.js';

const NEAR_END_PX = 200;

/** The conversations, the liveliest first. */
export class ListView {
  #store;
  #typing;

  constructor({ store, typing, history }) {
    this.#store = store;
    this.#typing = typing;
    const render = coalesced(() => this.#render());
    store.on('changed', render);
    typing.on('changed', render);
    onNavigate(render);
    byId('list').onkeydown = (event) => this.#moveFocus(event);
    byId('list').parentElement.onscroll = ({ target }) => {
      if (target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_END_PX) history.moreConversations();
    };
  }

  #render() {
    reconcile(byId('list'), conversationsByActivity(this.#store), {
      key: ({ id }) => id,
      make: () => fromTemplate('conversation-template'),
      update: (element, conversation) => this.#update(element, conversation),
    });
    byId('list-empty').hidden = this.#store.conversations.size > 0;
    const unread = unreadTotal(this.#store);
    document.title = unread ? `(${unread}) Continuo` : 'Continuo';
  }

  #update(element, conversation) {
    const link = element.querySelector('a');
    const open = conversation.id === openConversationId();
    const title = titleOf(this.#store, conversation);
    link.href = addressOf(conversation.id);
    if (open) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    showAvatar(element.querySelector('.avatar'), title, conversation.id, this.#presenceOf(conversation));
    setText(element.querySelector('.entry-title'), title);
    this.#updatePreview(element, conversation);
    this.#updateBadge(element.querySelector('.badge'), open ? 0 : conversation.unread_message_count);
  }

  #updatePreview(element, conversation) {
    const last = this.#store.messages.get(conversation.last_message);
    const typists = this.#typing.in(conversation.id);
    const preview = element.querySelector('.entry-preview');
    preview.classList.toggle('is-typing', typists.length > 0);
    setText(preview, typists.length > 0 ? 'typing…' : this.#previewOf(conversation, last));
    setText(element.querySelector('.entry-time'), last ? shortWhen(last.sent_at) : '');
  }

  #previewOf(conversation, last) {
    if (!last) return 'No message yet';
    if (last.sender === this.#store.me) return `You: ${summaryOf(last)}`;
    const group = conversation.participants.length > 2;
    return group ? `${nameOf(this.#store, last.sender)}: ${summaryOf(last)}` : summaryOf(last);
  }

  #updateBadge(badge, count = 0) {
    badge.hidden = count === 0;
    setText(badge.querySelector('.count'), count > 99 ? '99+' : String(count));
  }

  #presenceOf(conversation) {
    const others = othersOf(this.#store, conversation);
    return others.length === 1 ? this.#store.identities.get(others[0])?.presence?.status : undefined;
  }

  /** Arrow keys walk the list, as in every other list. */
  #moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...byId('list').querySelectorAll('a')];
    links[links.indexOf(document.activeElement) + step]?.focus();
  }
}
