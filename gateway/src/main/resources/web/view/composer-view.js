import { byId } from './dom.js';
import { notice } from './notices.js';
import { onNavigate, openConversationId } from './route.js';

const PICTURE_LIMIT_BYTES = 20 * 1024 * 1024;

/** Where messages are written. What was begun in one conversation waits there for the way back. */
export class ComposerView {
  #outbox;
  #publisher;
  #text = byId('text');
  #drafts = new Map();
  #conversation = openConversationId();

  constructor({ outbox, publisher }) {
    this.#outbox = outbox;
    this.#publisher = publisher;
    byId('composer').onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    this.#text.oninput = () => this.#typed();
    this.#text.onkeydown = (event) => this.#key(event);
    onNavigate(() => this.#changeConversation());
    this.#acceptPictures();
  }

  #send() {
    const text = this.#text.value.trim();
    if (!text) return;
    this.#outbox.sendText(this.#conversation, text);
    this.#publisher.stop();
    this.#write('');
    this.#text.focus();
  }

  #key(event) {
    // An input method uses Enter to choose a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #typed() {
    this.#publisher.typed(this.#conversation, this.#text.value === '');
    this.#fit();
  }

  #changeConversation() {
    this.#publisher.stop();
    if (this.#conversation) this.#drafts.set(this.#conversation, this.#text.value);
    this.#conversation = openConversationId();
    this.#write(this.#drafts.get(this.#conversation) ?? '');
  }

  #write(text) {
    this.#text.value = text;
    this.#fit();
  }

  /** As high as its text, up to the limit in the style sheet. */
  #fit() {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }

  #acceptPictures() {
    const input = byId('picture');
    byId('pick-picture').onclick = () => input.click();
    input.onchange = () => {
      this.#sendPictures(input.files);
      input.value = '';
    };
    this.#text.onpaste = (event) => this.#takeFrom(event, event.clipboardData);
    byId('conversation').ondragover = (event) => event.preventDefault();
    byId('conversation').ondrop = (event) => this.#takeFrom(event, event.dataTransfer);
  }

  #takeFrom(event, transfer) {
    if (transfer.files.length === 0) return;
    event.preventDefault();
    this.#sendPictures(transfer.files);
  }

  #sendPictures(files) {
    for (const file of files) {
      if (!file.type.startsWith('image/')) notice('Only pictures can be sent.', 'warning');
      else if (file.size > PICTURE_LIMIT_BYTES) notice('This picture is larger than 20 MB.', 'warning');
      else this.#outbox.sendPicture(this.#conversation, file);
    }
  }
}
