// What is going on inside: level, rules, state, and the JSON that goes to and fro.
import { LEVELS } from "./talk.js";

const $ = (id) => document.getElementById(id);
const words = (id) => id.replaceAll("_", " ");

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function fill(turn, inside, attributes) {
  $("level").hidden = !turn?.level;
  $("level").className = `badge ${turn?.level ?? ""}`;
  $("level").textContent = LEVELS[turn?.level] ?? "";
  trace(turn, inside);
  json("attributes", attributes ?? {});
  json("request", turn?.request ?? {});
  json("response", turn?.response ?? {});
}

function trace(turn, { reason, steps, rules, asks }) {
  const box = $("trace");
  box.replaceChildren();
  const facts = element("dl", "");
  const row = (name, value) => facts.append(element("dt", name), element("dd", value));
  if (turn?.intent) row("Understood as", [turn.intent, ...Object.entries(turn.slots).map(([k, v]) => `${k} = ${v}`)].join(", "));
  if (turn?.topic) row("Topic", words(turn.topic));
  if (turn?.level) row("Level", LEVELS[turn.level]);
  if (reason) row("Because", words(reason.replace(/^(because|sign)\./, "").replace(/\.told$/, "")));
  if (asks) row("Asks about", words(asks));
  box.append(facts);
  if (steps.length) {
    const list = element("ol", "", "steps");
    for (const { question, answer, fact } of steps) {
      const item = element("li", words(question));
      item.append(element("b", typeof fact === "number" ? `${fact} days (${words(answer)})` : words(answer)));
      list.append(item);
    }
    box.append(element("h3", "Answers so far"), list);
  }
  if (rules.length) {
    const list = element("ul", "", "rules");
    for (const { id, level, decides } of rules) {
      const item = element("li", words(id), decides ? "decides" : "");
      item.append(element("span", LEVELS[level], `badge ${level}`));
      if (decides) item.append(element("em", "decides"));
      list.append(item);
    }
    box.append(element("h3", "Rules that hold"), list);
  } else if (steps.length) box.append(element("p", "No rule holds yet.", "empty"));
  if (turn && !turn.open) box.append(element("p", "The conversation is closed, and its answers are forgotten.", "empty"));
  if (!facts.childElementCount && !steps.length) box.append(element("p", "The check hasn't begun.", "empty"));
}

function json(id, value) {
  $(id).textContent = JSON.stringify(value, null, 2);
}
