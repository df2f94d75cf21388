// In the frame of the screen: an APL document in, touches out. Amazon's renderer does the rest.
"use strict";

const tell = (what) => parent.postMessage(what, "*"); // the frame has no origin, and tells nothing that is secret
let renderer = null;
let width = 0; // of the real screen, in pixels

// Its style sheets name fonts on Amazon's servers, which this page may not reach.
for (const sheet of document.styleSheets) {
  if (sheet.href) continue;
  for (let i = sheet.cssRules.length; i--; ) if (sheet.cssRules[i] instanceof CSSFontFaceRule) sheet.deleteRule(i);
}

// The glass of the drawing is smaller than the real one.
function fit() {
  if (width) window.document.getElementById("glass").style.transform = `scale(${innerWidth / width})`;
}
addEventListener("resize", fit);

// Those that stand in for them are here before anything is measured; for the rest the renderer would wait 3 seconds.
const fonts = Promise.allSettled([...document.fonts].map((font) => font.load()));
document.fonts.load = async () => [{}];

async function show({ document: apl, datasources, viewport }) {
  const view = window.document.getElementById("view");
  width = viewport.width;
  fit();
  renderer?.destroy();
  renderer = null;
  view.replaceChildren();
  const content = AplRenderer.Content.create(JSON.stringify(apl), "");
  for (const name of apl.mainTemplate.parameters ?? []) content.addData(name, JSON.stringify(name === "payload" ? datasources : datasources[name] ?? {}));
  renderer = AplRenderer.default.create({
    content,
    view,
    viewport,
    theme: "dark",
    mode: viewport.mode,
    environment: { agentName: "Skin Twitch Guide simulator", agentVersion: "1.0", allowOpenUrl: false, disallowVideo: true },
    utcTime: Date.now(),
    localTimeAdjustment: -new Date().getTimezoneOffset() * 60_000,
    onSendEvent: (event) => tell({ type: "touch", arguments: event.arguments }),
  });
  await renderer.init();
  view.removeAttribute("tabindex"); // real buttons beside the screen are what a keyboard reaches
  renderer.lastPointerEventTimestamp = 0; // or it takes no click in its first half second
  tell({ type: "shown" });
}

const failed = (type) => (error) => tell({ type, message: String(error?.message ?? error) });
let queue = typeof AplRenderer === "undefined" ? Promise.reject(new Error("it didn't load")) : AplRenderer.initEngine().then(() => fonts);
queue.then(() => tell({ type: "ready" }), failed("broken"));

addEventListener("message", (event) => {
  if (event.source === parent) queue = queue.then(() => show(event.data)).catch(failed("undrawn"));
});
