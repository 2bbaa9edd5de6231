// The conversation as a text file that the visitor can keep.

/** Return the conversation as plain text, with its sources. */
export function transcript(turns, say, endpoint) {
  const blocks = turns.map(({ question, reply }) => {
    const lines = [`> ${question}`, "", reply.text];
    for (const choice of reply.choices) lines.push(`- ${choice}`);
    if (reply.citations.length) lines.push("", `${say("sources")}:`, ...reply.citations.map((c) => sourceLine(c)));
    return lines.join("\n");
  });
  return [say("transcript"), `${endpoint}\n${new Date().toISOString().slice(0, 10)}`, ...blocks].join("\n\n") + "\n";
}

function sourceLine(c) {
  const place = [c.title, c.institution, c.section, c.last_updated, c.url].filter(Boolean).join(" · ");
  return `[${c.number}] ${place}\n    “${c.quote}”`;
}

/** Offer a text as a file to save. */
export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
