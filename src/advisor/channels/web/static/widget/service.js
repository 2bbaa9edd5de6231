// Talking with the service: every outcome is a value, none is thrown.
const SECONDS_TO_WAIT = 20;

/** A question that was not answered: a code, words for it, and how long to wait. */
export class Refusal {
  constructor(code, detail = "", seconds = 0) {
    this.code = code;
    this.detail = detail;
    this.seconds = seconds;
  }

  /** Whether the conversation cannot go on, but a new one can. */
  get isAboutState() {
    return this.code.startsWith("state-");
  }
}

/** Ask a question; resolves to the answer or to a Refusal. */
export async function ask(endpoint, question, language) {
  try {
    const response = await fetch(new URL("v1/ask", endpoint), {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": language },
      body: JSON.stringify(question),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(SECONDS_TO_WAIT * 1000),
    });
    const body = await response.json();
    if (response.ok) return body;
    return new Refusal(String(body.code ?? "down"), String(body.detail ?? ""), Number(response.headers.get("retry-after")) || 1);
  } catch {
    return new Refusal("down");
  }
}

/** Return what a conversation may start with and what is kept of it; null where the service does not say. */
export async function welcome(endpoint, programme, language) {
  try {
    const address = new URL("v1/welcome", endpoint);
    if (programme) address.searchParams.set("programme", programme);
    const headers = { "accept-language": language };
    const response = await fetch(address, { headers, credentials: "omit", referrerPolicy: "no-referrer" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Return the address of a citation's passage on the service's copy of the page. */
export function passageAddress(endpoint, citation) {
  const address = new URL(`v1/documents/${encodeURIComponent(citation.document)}`, endpoint);
  address.search = new URLSearchParams({ start: citation.start, end: citation.end });
  address.hash = "quote";
  return address.href;
}
