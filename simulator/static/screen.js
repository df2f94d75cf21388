// In the frame of the screen: an APL document in, touches out. Amazon's renderer does the rest.
"use strict";

const tell = (what) => parent.postMessage(what, "*"); // the frame has no origin, and tells nothing that is secret
let renderer = null;

// Its style sheets name fonts on Amazon's servers, which this page may not reach.
for (const sheet of document.styleSheets) {
  if (sheet.href) continue;
  for (let i = sheet.cssRules.length; i--; ) if (sheet.cssRules[i] instanceof CSSFontFaceRule) sheet.deleteRule(i);
}

async function show({ document: apl, datasources, viewport }) {
  const view = window.document.getElementById("view");
  renderer?.destroy();
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
  tell({ type: "shown" });
}

const broken = (error) => tell({ type: "failed", message: String(error?.message ?? error) });
let queue = typeof AplRenderer === "undefined" ? Promise.reject(new Error("no renderer")) : AplRenderer.initEngine();
queue.then(() => tell({ type: "ready" }), broken);

addEventListener("message", (event) => {
  if (event.source === parent) queue = queue.then(() => show(event.data)).catch(broken);
});
