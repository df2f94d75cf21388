// Plays conversations against a skill's address with virtual-alexa. JSON in, JSON out.
//
// In:   {"url": ..., "conversations": {name: {"locale", "model", "turns": [["utter", "yes"], ...]}}}
// Out:  {name: [{"request", "response"}, ...]}
//
// A turn is a call of the client's own: ["launch"], ["utter", words], ["intend", intent, slots] or
// ["endSession"]. One that the client can't play, or the skill doesn't answer, gives {"error"} and is the last.
import { readFileSync } from "node:fs";
import { VirtualAlexa } from "virtual-alexa";

const { url, conversations } = JSON.parse(readFileSync(0, "utf8"));
const played = {};
for (const [name, { locale, model, turns }] of Object.entries(conversations)) {
  const alexa = VirtualAlexa.Builder().skillURL(url).interactionModelFile(model).locale(locale).create();
  let request;
  alexa.filter((sent) => { request = structuredClone(sent); });
  played[name] = [];
  try {
    for (const [call, ...given] of turns) {
      const response = await alexa[call](...given);
      played[name].push({ request, response });
    }
  } catch (error) {
    played[name].push({ error: String(error) });
  }
}
console.log(JSON.stringify(played));
