// SSML -> what a speech synthesiser that knows no SSML can say: pieces of text, each with the silence after it.

const STRENGTHS = { none: 0, "x-weak": 100, weak: 200, medium: 400, strong: 700, "x-strong": 1000 };
const SPELT = new Set(["digits", "spell-out", "characters", "verbatim"]);

function silence(node) {
  const time = /^([\d.]+)(ms|s)$/.exec(node.getAttribute("time") ?? "");
  if (time) return Number(time[1]) * (time[2] === "s" ? 1000 : 1);
  return STRENGTHS[node.getAttribute("strength") ?? "medium"] ?? STRENGTHS.medium;
}

function saidAs(node) {
  const as = node.getAttribute("interpret-as");
  const text = node.textContent.trim();
  if (SPELT.has(as)) return [...text.replace(/\s/g, "")].join(" ");
  // Digit by digit, with a breath between the groups: "1-800-222" -> "1, 8 0 0, 2 2 2".
  if (as === "telephone") return text.split(/[\s-]+/).map((group) => (/^\d+$/.test(group) ? [...group].join(" ") : group)).join(", ");
  return text;
}

// Sentence by sentence: some browsers fall silent in the middle of a long text.
const sentences = (text) => text.match(/[^.?!]+[.?!]*["”’)]*\s*/g) ?? [];

/** `[{ text, pause }]`, in order; `pause` in milliseconds. What isn't XML is read as plain text. */
export function pieces(ssml) {
  const parsed = new DOMParser().parseFromString(ssml, "application/xml");
  const found = [{ text: "", pause: 0 }];
  const walk = (node) => {
    const last = found.at(-1);
    if (node.nodeType === Node.TEXT_NODE) last.text += node.data;
    else if (node.nodeName === "say-as") last.text += saidAs(node);
    else if (node.nodeName === "sub") last.text += node.getAttribute("alias") ?? node.textContent;
    else if (node.nodeName === "break") {
      last.pause += silence(node);
      found.push({ text: "", pause: 0 });
    } else node.childNodes.forEach(walk);
  };
  if (parsed.querySelector("parsererror")) found[0].text = ssml.replace(/<[^>]*>/g, " ");
  else walk(parsed.documentElement);
  return found.flatMap(({ text, pause }) => {
    const said = sentences(text.replace(/\s+/g, " ").trim()).map((one) => ({ text: one.trim(), pause: 0 }));
    if (said.length) said.at(-1).pause = pause;
    return said;
  });
}
