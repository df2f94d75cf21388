// The device: which one, how it glows, and what its screen shows.

import { LEVELS } from "./talk.js";

export const DEVICES = {
  speaker: { name: "Speaker", icon: '<circle cx="12" cy="11.5" r="7.5"/><path d="M6.5 16.6c1.2 1.5 9.8 1.5 11 0"/>' },
  hub_small: { name: "Small hub", icon: '<rect x="4" y="6" width="16" height="10" rx="1.6"/><path d="M8 19h8"/>' },
  hub_large: { name: "Large hub", icon: '<rect x="2.5" y="4.5" width="19" height="12.5" rx="1.6"/><path d="M7 20h10"/>' },
  round: { name: "Round", icon: '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="5.4"/>' },
  tv: { name: "TV", icon: '<rect x="2" y="4.5" width="20" height="12.5" rx="1"/><path d="m8 20 1-3m7 3-1-3"/>' },
};
const $ = (id) => document.getElementById(id);
const scene = $("scene");
const frame = $("screen");
let kinds = {}; // as the server knows them: its size, or null without a screen
let kind = "speaker";
let shown = null; // the screen of the last reply
let undrawn = null; // a screen that couldn't be drawn
let engine = "missing"; // missing | starting | ready | broken
let onTouch = () => {};
let onProblem = () => {};

export function begin({ devices, viewhost, touched, problem }) {
  kinds = devices;
  onTouch = touched;
  onProblem = problem;
  engine = viewhost ? "starting" : "missing";
  addEventListener("message", heard);
  tick();
  setInterval(tick, 10_000);
}

function heard({ source, data }) {
  if (source !== frame.contentWindow || typeof data !== "object") return;
  if (data.type === "touch") onTouch(data.arguments[1]); // the page's token, and what was touched on it
  if (data.type === "ready") {
    engine = "ready";
    draw();
  }
  if (data.type === "shown") scene.dataset.drawn = "yes";
  if (data.type === "broken") engine = "broken";
  if (data.type === "undrawn") undrawn = shown;
  if (data.type === "broken" || data.type === "undrawn") {
    onProblem(`Amazon's renderer couldn't show this screen (${data.message}). Its words are shown instead.`);
    draw();
  }
}

export const hasScreen = () => Boolean(kinds[kind]);

export function choose(name) {
  kind = name;
  if (hasScreen() && engine === "starting" && !frame.src) frame.src = "/screen"; // 5 MB that a speaker doesn't need
  scene.dataset.kind = name;
  if (hasScreen()) scene.style.setProperty("--ratio", kinds[name].width / kinds[name].height);
  draw();
}

/** idle, listening, thinking or speaking. */
export function glow(state) {
  scene.dataset.state = state;
}

/** What a reply brings: its screen as Alexa gets it, or null. */
export function show(screen) {
  shown = screen;
  draw();
}

/** What can be touched: `[{ id, label }]`. */
export const choices = () => (hasScreen() && shown?.datasources.screen.choices) || [];

function buttons(className) {
  return choices().map(({ id, label }) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = label;
    made.addEventListener("click", () => onTouch(id));
    return made;
  });
}

/** The same page in plain words, where Amazon's renderer is missing. */
function inWords() {
  const { kind, level, progress, note, title, lead, lines, ask, footer } = shown.datasources.screen;
  const text = (tag, words) => {
    const made = document.createElement(tag);
    made.textContent = words;
    return words ? [made] : [];
  };
  const asks = kind === "question"; // it lists signs, and its headline is what it asks of them
  const list = document.createElement(asks ? "ul" : "div");
  for (const line of lines) list.append(...text(asks ? "li" : "p", line));
  const headline = text("h3", title);
  const row = document.createElement("div");
  row.className = "row";
  row.append(...buttons("press"));
  const about = level ? text("p", LEVELS[level]) : text("p", progress);
  $("words").replaceChildren(...about, ...text("p", note), ...(asks ? [] : headline), ...text("p", lead), list, ...(asks ? headline : text("p", ask)), row, ...text("small", footer));
  $("words").dataset.level = level;
}

function draw() {
  const on = hasScreen() && shown;
  scene.dataset.drawn = "no";
  const drawable = engine === "ready" && shown !== undrawn;
  frame.hidden = !(on && drawable);
  $("words").hidden = !(on && !drawable && engine !== "starting");
  $("home").hidden = Boolean(on);
  $("touches").replaceChildren(...(frame.hidden ? [] : buttons("touch")));
  if (!$("words").hidden) inWords();
  if (!frame.hidden) {
    const { document, datasources } = shown;
    frame.contentWindow.postMessage({ document, datasources, viewport: { ...kinds[kind], isRound: kinds[kind].shape === "ROUND" } }, "*");
  }
}

function tick() {
  $("clock").textContent = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}
