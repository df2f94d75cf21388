// The reply, aloud.
import { pieces } from "./ssml.js";

const synthesis = window.speechSynthesis;
export const exists = Boolean(synthesis && window.SpeechSynthesisUtterance);
let current = 0; // what is said now; anything older has been interrupted

function voiceFor(locale) {
  const voices = synthesis.getVoices();
  const same = (voice) => voice.lang.replace("_", "-");
  return voices.find((v) => same(v) === locale && v.localService) ?? voices.find((v) => same(v) === locale) ?? null;
}

const wait = (time) => new Promise((done) => setTimeout(done, time));

function say(text, locale) {
  return new Promise((done) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = locale;
    utterance.voice = voiceFor(locale);
    utterance.onend = () => done(true);
    utterance.onerror = () => done(false);
    // A browser without a voice may never report an end. No sentence lasts this long.
    setTimeout(() => done(false), 4000 + text.length * 120);
    synthesis.speak(utterance);
  });
}

/** Says it, pauses included, and tells each sentence to `saying`. True at its end; false where it was interrupted. */
export async function speak(ssml, locale, saying) {
  const mine = ++current;
  synthesis.cancel();
  for (const { text, pause } of pieces(ssml)) {
    saying(text);
    await say(text, locale);
    if (mine !== current) return false;
    if (pause) await wait(pause);
    if (mine !== current) return false;
  }
  return true;
}

/** Barge-in: be silent at once. */
export function stop() {
  current += 1;
  if (exists) synthesis.cancel();
}
