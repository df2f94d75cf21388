// The conversation beside the device, and the same as a script.

export const LEVELS = {
  emergency: "Emergency, now",
  today: "Medical help today",
  soon: "See a doctor soon",
  self_care: "Look after yourself",
};
const log = document.getElementById("log");
const lines = [];

function bubble(who, text, ...more) {
  log.querySelector(".empty")?.remove();
  const box = document.createElement("div");
  box.className = `bubble ${who}`;
  const name = document.createElement("span");
  name.className = "sr";
  name.textContent = who === "you" ? "You: " : "Guide: ";
  const words = document.createElement("p");
  words.append(name, text);
  box.append(words, ...more);
  log.append(box);
  log.scrollTo({ top: log.scrollHeight });
}

export function badge(level) {
  const made = document.createElement("span");
  made.className = `badge ${level}`;
  made.textContent = LEVELS[level];
  return made;
}

/** What a person did, as it reads: their words, or what they touched or sent. */
export function said(line, label) {
  bubble("you", label ? `Touches “${label}”` : line);
}

export function replied(turn) {
  if (turn.speech) bubble("guide", turn.speech, ...(turn.level ? [badge(turn.level)] : []));
  if (!turn.open) note(turn.speech ? "The skill closed the conversation." : "The conversation is over.");
}

export function note(text) {
  const made = document.createElement("p");
  made.className = "note";
  made.textContent = text;
  log.querySelector(".empty")?.remove();
  log.append(made);
  log.scrollTo({ top: log.scrollHeight });
}

export const remember = (line) => lines.push(line);

/** Lines that `twitching play -` takes. */
export const script = () => lines.map((line) => `${line}\n`).join("");

