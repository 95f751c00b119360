import { byId } from './dom.js';

const NEAR_PX = 80;

/** Keeps the newest message in sight for those who follow, and the place for those who read further up. */
export class ScrollKeeper {
  #pane = byId('log-pane');
  #following = true;
  #onTop;

  /** @param onTop called when the reader is near the oldest message, maybe because there are few */
  constructor({ onTop }) {
    this.#onTop = onTop;
    this.#pane.onscroll = () => {
      this.#following = this.#fromEnd() < NEAR_PX;
      byId('jump').hidden = this.#following;
      this.#checkTop();
    };
    byId('jump').onclick = () => this.toEnd();
    // Pictures grow when they have loaded, and the pane shrinks under an on-screen keyboard.
    const follow = () => this.#following && this.toEnd();
    const observer = new ResizeObserver(follow);
    observer.observe(this.#pane);
    observer.observe(byId('log'));
  }

  toEnd() {
    this.#following = true;
    this.#pane.scrollTop = this.#pane.scrollHeight;
  }

  /** Whatever `change` adds above, the message at the top edge stays where it is. */
  keepingPlace(change) {
    const anchor = this.#following ? null : this.#topmost();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.#pane.scrollTop += anchor.getBoundingClientRect().top - before;
    if (this.#following) this.toEnd();
    this.#checkTop();
  }

  #checkTop() {
    if (this.#pane.scrollTop < NEAR_PX) this.#onTop();
  }

  #topmost() {
    const edge = this.#pane.getBoundingClientRect().top;
    return [...byId('log').querySelectorAll('.message')].find((row) => row.getBoundingClientRect().bottom > edge);
  }

  #fromEnd() {
    return this.#pane.scrollHeight - this.#pane.scrollTop - this.#pane.clientHeight;
  }
}
