// The page: what is done with what, in which order.
import { about, Refused, turn as ask } from "./api.js";
import * as ears from "./ears.js";
import { fill } from "./panels.js";
import * as stage from "./stage.js";
import * as talk from "./talk.js";
import { settings } from "./settings.js";
import { pieces } from "./ssml.js";
import * as voice from "./voice.js";

const $ = (id) => document.getElementById(id);
const NOTHING = { reason: null, steps: [], rules: [], asks: null, answers: [] };
let session = {};
let locales = [];
let busy = false;
let takes = 0; // turns begun; what an older one was about to do is void

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
}

function caption(text) {
  $("caption").textContent = text;
}

/** What a screen without a page says: another device had the last reply, or nothing is open. */
function hint(open) {
  $("hint").textContent = open ? "The next reply shows here" : `Try “Alexa, open ${locales[0]?.skill}”`;
}

function silence() {
  takes += 1;
  voice.stop();
  ears.stop();
  stage.glow("idle");
}

/** One line of the conversation, however it came: typed, spoken, touched or replayed. */
async function take(line) {
  if (busy || !line.trim()) return null;
  silence();
  const mine = takes;
  const label = touched(line);
  busy = true;
  problem("");
  $("form").setAttribute("aria-busy", "true");
  stage.glow("thinking");
  try {
    const { turn, inside, session: next } = await ask({ line, locale: settings.locale, device: settings.device, session });
    session = next;
    talk.remember(line);
    if (!turn) return { turn };
    talk.said(line, label);
    talk.replied(turn);
    fill(turn, inside, turn.response.sessionAttributes);
    stage.show(turn.screen);
    hint(turn.open);
    chips(turn, inside);
    return { turn, aloud: aloud(turn, mine) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problem(error.message);
    return null;
  } finally {
    busy = false;
    $("form").removeAttribute("aria-busy");
    if ($("scene").dataset.state === "thinking") stage.glow("idle");
  }
}

/** What a line touches, as it reads on the screen. */
function touched(line) {
  const [command, ...words] = line.split(" ");
  const choice = words.join(" ");
  return command === "!touch" ? stage.choices().find(({ id }) => id === choice)?.label ?? choice : "";
}

/** Say the reply; after a question the microphone opens by itself, hands-free. */
async function aloud(turn, mine) {
  const sentences = pieces(turn.ssml);
  caption(sentences.at(-1)?.text ?? ""); // the question, where there is one
  if (!turn.ssml) return;
  if (!settings.muted && voice.exists) {
    stage.glow("speaking");
    if (!(await voice.speak(turn.ssml, settings.locale, caption))) return;
  }
  if (mine !== takes) return;
  stage.glow("idle");
  if (turn.open && settings.handsfree && ears.exists) listen();
}

function listen() {
  silence();
  let said = "";
  stage.glow("listening");
  $("mic").setAttribute("aria-pressed", "true");
  ears.open(settings.locale, {
    hears: (text) => {
      said = text;
      $("say").value = text;
    },
    ends: (reason) => {
      $("mic").setAttribute("aria-pressed", "false");
      if ($("scene").dataset.state === "listening") stage.glow("idle");
      if (reason) problem(reason);
      if (said) {
        $("say").value = "";
        take(said);
      }
    },
  });
}

const ANSWERS = { yes: "Yes", no: "No", unsure: "Not sure" };

function chips(turn, { asks, answers }) {
  const phrases = locales.find(({ id }) => id === settings.locale)?.phrases ?? [];
  let offered = [...phrases.map(bare), "Start the check"];
  if (turn?.open) {
    if (asks && !answers.includes("yes")) offered = ["Three days", "Three weeks", "Not sure", "Repeat", "Why do you ask", "Stop"];
    else if (asks) offered = [...answers.map((answer) => ANSWERS[answer]), "Repeat", "Why do you ask", "Stop"];
    else offered = ["Yes", "No", "Tell me more", "Start the check", "What are the warning signs", "Stop"];
  }
  $("chips").replaceChildren(
    ...offered.filter(Boolean).map((text) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.textContent = text;
      chip.addEventListener("click", () => take(text));
      return chip;
    }),
  );
}

/** "Alexa, ask skin twitch guide why ..." -> "Why ..." */
function bare(phrase) {
  const name = locales.find(({ id }) => id === settings.locale).skill.toLowerCase();
  const said = phrase.slice(phrase.toLowerCase().indexOf(name) + name.length).trim();
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Another conversation: nothing of the last one is left. */
function fresh(why) {
  silence();
  if ("number" in session) session = { ...session, attributes: null, token: "", choices: [] };
  stage.show(null);
  hint(false);
  fill(null, NOTHING, null);
  caption("");
  chips(null, NOTHING);
  problem("");
  if (why) {
    talk.remember("!new");
    talk.note(why);
  }
}

async function replay() {
  const lines = $("script").value.split("\n");
  fresh("A script is replayed.");
  for (const [index, line] of lines.entries()) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const played = await take(line.trim());
    if (!played) {
      problem(`Line ${index + 1}: ${$("problem").textContent || "the replay was interrupted."}`);
      return;
    }
    const before = takes;
    await played.aloud;
    if (takes !== before) return; // somebody took over
  }
}

async function copy() {
  const text = talk.script();
  if (!text) return problem("There is nothing to copy yet.");
  try {
    await navigator.clipboard.writeText(text);
    talk.note("Copied. `twitching play -` takes it.");
  } catch {
    $("replaying").open = true;
    $("script").value = text;
    $("script").select();
    problem("The browser doesn't let this page copy. The script is selected below: copy it from there.");
  }
}

function wire() {
  $("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = $("say").value;
    $("say").value = "";
    if (!(await take(line)) && !$("say").value) $("say").value = line; // to be sent again
  });
  $("mic").addEventListener("click", () => (ears.listening() ? ears.finish() : listen()));
  $("fresh").addEventListener("click", () => fresh("A new conversation."));
  $("copy").addEventListener("click", copy);
  $("replay").addEventListener("click", replay);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") silence();
  });
  settings.wire({
    device: (device) => stage.choose(device),
    locale: () => {
      fresh(locales.length && session.number ? "Another English: a new conversation." : "");
      $("emergency").textContent = locales.find(({ id }) => id === settings.locale)?.emergency ?? "";
    },
    muted: () => settings.muted && voice.stop(),
  });
}

function hear() {
  if (!ears.exists) {
    $("ears").textContent = "This browser can't recognise speech; type instead.";
    $("mic").disabled = $("handsfree").disabled = true;
  } else $("ears").textContent = "Your browser recognises speech, and may send it to its maker for that.";
}

try {
  const there = await about();
  locales = there.locales;
  settings.offer(locales, stage.DEVICES);
  stage.begin({ ...there, touched: (choice) => take(`!touch ${choice}`), problem });
  if (!there.viewhost) {
    $("notice").textContent = "Amazon's screen renderer isn't installed, so screens are shown as plain words. “make web” fetches it where npm is installed.";
    $("notice").hidden = false;
  }
  hear();
  wire();
  document.documentElement.dataset.ready = "yes";
} catch (error) {
  problem(error instanceof Refused ? error.message : "This page couldn't start. Reload it, or try another browser.");
  throw error;
}
