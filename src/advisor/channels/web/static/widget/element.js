// <programme-advisor>: a conversation with the service, on any page.
import { Memory } from "./memory.js";
import { buildPanel, showNext } from "./panel.js";
import { turnItems } from "./reply.js";
import { Refusal, ask, welcome } from "./service.js";
import { sheet } from "./styles.js";
import { save, transcript } from "./transcript.js";
import { languageOf, wordsOf } from "./words.js";

const HOME = new URL("../../", import.meta.url);
const QUIET_MILLISECONDS = 500;

export class ProgrammeAdvisor extends HTMLElement {
  static observedAttributes = ["lang", "greeting", "heading", "contact", "contact-label", "privacy"];
  #nodes;
  #say;
  #memory;
  #conversation;
  #pending = null;
  #isBusy = false;
  #starters = { suggestions: [] };

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    const all = [...document.querySelectorAll("programme-advisor")];
    this.#memory ??= new Memory(this.id || `${location.host} ${all.indexOf(this)}`);
    this.#conversation ??= this.#memory.load();
    this.#build();
    document.addEventListener("focusin", this.#uncover);
  }

  disconnectedCallback() {
    document.removeEventListener("focusin", this.#uncover);
  }

  attributeChangedCallback() {
    if (this.#nodes) this.#build();
  }

  /** Open the panel and go to the input. */
  open() {
    this.#show(true);
    this.#nodes.input.focus();
  }

  /** Close the panel and go to the launcher. */
  close() {
    this.#show(false);
    this.#nodes.launcher.focus();
  }

  /** Ask a question as if the visitor had typed it; resolves when it is answered or refused. */
  async ask(text) {
    if (this.#nodes.panel.hidden) this.#show(true);
    await this.#ask(text);
  }

  /** Forget the conversation and start a new one. */
  reset() {
    this.#conversation = { open: this.#conversation.open, state: null, turns: [] };
    this.#pending = null;
    this.#nodes.turns.replaceChildren();
    this.#nodes.trouble.hidden = true;
    this.#nodes.newReply.hidden = true;
    this.#showNext();
    this.#keep();
    this.#tell(this.#say("cleared"));
  }

  get #endpoint() {
    const given = this.getAttribute("endpoint");
    return given ? new URL(given.replace(/\/*$/, "/"), document.baseURI) : HOME;
  }

  get #language() {
    return languageOf(this);
  }

  #build() {
    const draft = this.#nodes?.input.value ?? "";
    const language = this.#language;
    this.#say = Object.assign(wordsOf(language), { language });
    const settings = {
      heading: this.getAttribute("heading"),
      greeting: this.getAttribute("greeting"),
      contact: this.getAttribute("contact"),
      contactLabel: this.getAttribute("contact-label"),
      privacy: this.getAttribute("privacy"),
    };
    this.#nodes = buildPanel(this.#say, settings, this.#actions());
    this.#nodes.input.value = draft;
    for (const turn of this.#conversation.turns) this.#nodes.turns.append(...turnItems(turn, this.#say, this.#endpoint));
    this.#showNext();
    const root = document.createElement("div");
    root.lang = language;
    root.className = "root";
    root.append(this.#nodes.panel, this.#nodes.launcher);
    this.shadowRoot.replaceChildren(root);
    if (this.#conversation.open) this.#show(true);
    this.#announceFromNowOn();
  }

  /** Make the log live only once what it held before has been taken in, so that it is not read out. */
  #announceFromNowOn() {
    const { log } = this.#nodes;
    setTimeout(() => log.setAttribute("aria-live", "polite"), QUIET_MILLISECONDS);
  }

  #actions() {
    return {
      toggle: () => (this.#nodes.panel.hidden ? this.open() : this.close()),
      close: () => this.close(),
      restart: () => {
        this.reset();
        this.#nodes.input.focus();
      },
      save: () => save(transcript(this.#conversation.turns, this.#say, this.#endpoint.href), this.#say("file")),
      retry: () => {
        this.#nodes.input.focus();
        this.#ask(this.#pending ?? this.#nodes.input.value);
      },
      showNew: () => {
        this.#scrollToLast();
        this.#nodes.input.focus();
      },
      submit: (event) => {
        event.preventDefault();
        this.#ask(this.#nodes.input.value);
      },
      key: (event) => this.#onKey(event),
    };
  }

  #onKey(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    }
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    if (sends && event.target === this.#nodes.input) {
      event.preventDefault();
      this.#ask(this.#nodes.input.value);
    }
  }

  #show(isOpen) {
    const { panel, launcher } = this.#nodes;
    const changes = panel.hidden === isOpen;
    panel.hidden = !isOpen;
    launcher.setAttribute("aria-expanded", String(isOpen));
    this.toggleAttribute("data-open", isOpen);
    if (!changes) return;
    this.#conversation.open = isOpen;
    this.#keep();
    if (isOpen) {
      this.#scrollToLast();
      this.#welcome();
    }
    this.#emit(isOpen ? "open" : "close");
  }

  async #welcome() {
    const told = await welcome(this.#endpoint, this.getAttribute("programme"), this.#language);
    if (!told) return;
    const { questions, days } = told.keeping;
    this.#nodes.kept.textContent = questions ? this.#say("kept", { days }) : this.#say("unkept");
    this.#starters = told;
    this.#showNext();
  }

  async #ask(text) {
    const question = text.trim();
    if (!question || this.#isBusy) return;
    this.#busy(true);
    this.#emit("question", { text: question });
    let answer = await this.#send(question, this.#conversation.state);
    let renewed = false;
    if (answer instanceof Refusal && answer.isAboutState) {
      renewed = true;
      answer = await this.#send(question, null);
    }
    this.#busy(false);
    if (answer instanceof Refusal) this.#refused(question, answer);
    else this.#answered(question, answer, renewed);
  }

  #send(text, state) {
    const question = { text };
    if (state) question.state = state;
    else if (this.getAttribute("programme")) question.programme = this.getAttribute("programme");
    if (this.getAttribute("language")) question.language = this.getAttribute("language");
    return ask(this.#endpoint, question, this.#language);
  }

  #answered(question, { state, ...reply }, renewed) {
    const turn = { question, reply, renewed };
    const { input, turns, newReply, trouble } = this.#nodes;
    const follows = this.#isAtEnd();
    if (input.value.trim() === question) input.value = "";
    this.#pending = null;
    trouble.hidden = true;
    this.#tell("");
    this.#conversation.state = state;
    this.#conversation.turns.push(turn);
    turns.append(...turnItems(turn, this.#say, this.#endpoint));
    this.#showNext();
    if (follows) this.#scrollToLast();
    else newReply.hidden = false;
    this.#keep();
    this.#emit("reply", { question, reply });
  }

  #refused(question, refusal) {
    const { input, trouble } = this.#nodes;
    this.#pending = question;
    if (!input.value.trim()) input.value = question;
    const spoken = {
      "too-many-requests": () => this.#say("busy", { seconds: refusal.seconds }),
      busy: () => this.#say("busy", { seconds: refusal.seconds }),
      "text-too-long": () => this.#say("toolong"),
      "body-too-large": () => this.#say("toolong"),
      down: () => this.#say("down"),
      internal: () => this.#say("down"),
    };
    this.#tell(spoken[refusal.code]?.() ?? this.#say("refused", { reason: refusal.detail || refusal.code }));
    trouble.hidden = false;
    this.#emit("error", { code: refusal.code });
  }

  #busy(isBusy) {
    this.#isBusy = isBusy;
    this.#nodes.send.setAttribute("aria-disabled", String(isBusy));
    if (isBusy) this.#tell(this.#say("answering"));
  }

  #tell(text) {
    this.#nodes.status.textContent = text;
  }

  #showNext() {
    const { choices = [], suggestions, language } = this.#conversation.turns.at(-1)?.reply ?? this.#starters;
    const [label, texts] = choices.length ? ["choices", choices] : ["suggestions", suggestions];
    showNext(this.#nodes, this.#say(label), texts, language, (text) => {
      this.#nodes.input.focus();
      this.#ask(text);
    });
  }

  #keep() {
    this.#memory.save(this.#conversation);
  }

  #lastQuestion() {
    return this.#nodes.turns.querySelector(":scope > .question:nth-last-child(2)");
  }

  #isAtEnd() {
    const { scroller } = this.#nodes;
    const last = this.#lastQuestion()?.getBoundingClientRect();
    return !last || last.top < scroller.getBoundingClientRect().bottom;
  }

  #scrollToLast() {
    const { scroller, newReply } = this.#nodes;
    const last = this.#lastQuestion();
    newReply.hidden = true;
    if (last) scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
  }

  /** Close the panel when the focus goes to something on the page that lies wholly under it. */
  #uncover = (event) => {
    const { panel } = this.#nodes;
    if (panel.hidden || event.target === this || this.getAttribute("placement") === "flow") return;
    const over = panel.getBoundingClientRect();
    const under = event.target.getBoundingClientRect();
    const isCovered =
      under.left >= over.left && under.right <= over.right && under.top >= over.top && under.bottom <= over.bottom;
    if (isCovered) this.#show(false);
  };

  #emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`advisor-${name}`, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get("programme-advisor")) customElements.define("programme-advisor", ProgrammeAdvisor);
