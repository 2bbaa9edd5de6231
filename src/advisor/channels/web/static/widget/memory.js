// The conversation in this tab: nothing is written before the visitor opens the widget.
const TURNS_KEPT = 40;

export class Memory {
  constructor(key) {
    this.key = `programme-advisor:${key}`;
  }

  /** Return what was kept, or an empty conversation. */
  load() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key));
      if (Array.isArray(kept?.turns)) return kept;
    } catch {
      // Storage may be switched off, or hold something else; then the conversation starts anew.
    }
    return { open: false, state: null, turns: [] };
  }

  /** Keep a conversation; its last turns where it is long. */
  save(conversation) {
    try {
      const turns = conversation.turns.slice(-TURNS_KEPT);
      sessionStorage.setItem(this.key, JSON.stringify({ ...conversation, turns }));
    } catch {
      // Without storage the conversation lasts as long as the page.
    }
  }
}
